package io.github.taplab.command;

/** Something that had not come to pass at its deadline; the message names it, the deadline and the last thing seen. */
public final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceededException(String message) {
        super(message);
    }

    public DeadlineExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
