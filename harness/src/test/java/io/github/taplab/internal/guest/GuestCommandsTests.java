package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.DeadlineExceededException;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GuestCommandsTests {

    private static String words(Exception cause) {
        return GuestCommands.words(new IllegalStateException("The port ended while guest ran: true", cause));
    }

    @Test
    void theEndOfAStreamAddsNoWords() {
        assertThat(words(new EOFException())).isEqualTo("The port ended while guest ran: true");
    }

    @Test
    void whatTheOtherEndHasDoneIsTold() {
        assertThat(words(new IOException("it has started anew")))
                .isEqualTo("The port ended while guest ran: true: it has started anew");
    }

    @Test
    void whatItHasSaidInsteadIsShownSoThatATerminalTakesNoOrders() {
        assertThat(words(new IOException("no answer: \u001b[2J\u009b" + "x".repeat(1 << 20))))
                .startsWith("The port ended while guest ran: true: no answer: ␛[2J\\u009bxxx")
                .hasSizeLessThan(600);
        assertThat(GuestCommands.shown(new IllegalStateException("The port", new IOException("\u001b[2J"))))
                .hasMessage("The port: ␛[2J")
                .hasNoCause();
    }

    @Test
    void aCauseThatCanBeReadStays() {
        RuntimeException why = new IllegalStateException("The port", new IOException("it is\nclosed"));

        assertThat(GuestCommands.shown(why)).isSameAs(why);
    }

    @Test
    void aDeadlineIsInTheMessage() {
        assertThat(words(new DeadlineExceededException("no answer within 30000 ms")))
                .isEqualTo("The port ended while guest ran: true");
    }
}
