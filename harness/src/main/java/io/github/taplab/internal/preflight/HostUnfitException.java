package io.github.taplab.internal.preflight;

/** The Docker host can't run a lab, and no change to a test would help. */
public final class HostUnfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostUnfitException(String message) {
        super(message);
    }
}
