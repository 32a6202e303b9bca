package io.github.taplab.internal.guestimage;

/** A declared image is not what it must be; another declaration, or another file, would help. */
public final class WrongImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongImageException(String message) {
        super(message);
    }
}
