package io.github.taplab.internal.docker;

/** No Docker engine answers. */
public final class DockerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DockerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
