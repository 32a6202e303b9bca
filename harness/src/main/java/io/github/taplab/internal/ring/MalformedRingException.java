package io.github.taplab.internal.ring;

/** What came from a recorder is no answer, in a sentence. */
final class MalformedRingException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedRingException(String message) {
        super(message);
    }
}
