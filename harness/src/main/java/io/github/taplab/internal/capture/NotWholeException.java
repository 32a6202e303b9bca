package io.github.taplab.internal.capture;

/** Why a capture may have missed frames, in words that go on a sentence. */
final class NotWholeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NotWholeException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
