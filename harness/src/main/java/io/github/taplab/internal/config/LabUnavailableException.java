package io.github.taplab.internal.config;

/** This machine can't run labs, and no change to a test would help; the message says what is missing. */
public final class LabUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LabUnavailableException(String message) {
        super(message);
    }

    public LabUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
