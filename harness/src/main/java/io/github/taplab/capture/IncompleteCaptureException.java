package io.github.taplab.capture;

/**
 * A capture that can't say what has passed its interface and what has not, since it may have missed frames; the message
 * says why. It tells nothing of the network, and so is no assertion that failed.
 */
public final class IncompleteCaptureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IncompleteCaptureException(String message) {
        super(message);
    }
}
