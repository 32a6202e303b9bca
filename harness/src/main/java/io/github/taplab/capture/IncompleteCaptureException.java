package io.github.taplab.capture;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A capture that can't say what has passed its interface and what has not, since it may have missed frames; the message
 * says why. It tells nothing of the network, and so is no assertion that failed.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class IncompleteCaptureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IncompleteCaptureException(String message) {
        super(message);
    }
}
