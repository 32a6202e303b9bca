package io.github.taplab.command;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Something that had not come to pass at its deadline; the message names it, the deadline and the last thing seen. */
@API(status = Status.STABLE, since = "0.1.0")
public final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceededException(String message) {
        super(message);
    }

    public DeadlineExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
