package io.github.taplab.internal.guestimage;

/** A download that may go on from where it is. */
final class BrokenOffException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason in words that fit into a sentence */
    BrokenOffException(String reason) {
        super(reason);
    }

    BrokenOffException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
