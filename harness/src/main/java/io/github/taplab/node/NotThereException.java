package io.github.taplab.node;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Something of a node that was asked for and is not there at present, such as an interface or an address; the message
 * says what is there instead. It may come yet: {@code LabAssertions.eventually} waits for it.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class NotThereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotThereException(String message) {
        super(message);
    }
}
