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

    /** The same where it is a reason to skip tests. */
    public String skipReason() {
        return "No lab can run here: %s. With taplab.required=true this is a failure".formatted(getMessage());
    }
}
