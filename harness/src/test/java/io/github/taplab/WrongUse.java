package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * One row of a table of wrong uses.
 *
 * @param title what is wrong
 * @param use does it
 * @param message all that the user is told
 */
public record WrongUse(String title, ThrowingCallable use, String message) {

    /** A row. */
    public static WrongUse wrongUse(String title, ThrowingCallable use, String message) {
        return new WrongUse(title, use, message);
    }

    /** Holds the message against the row. */
    public void check() {
        assertThat(catchThrowable(use))
                .as(title)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** What a caller passes who does not heed that a parameter may not be null. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    public static <T> T nothing() {
        return (T) null;
    }

    @Override
    public String toString() {
        return title;
    }
}
