package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SerialLineTests {

    /**
     * A guest that is stopped takes no keys, and the pipe to it has an end. The line is still there when it goes on.
     */
    @Test
    @Timeout(20)
    void whoTypesOnAConsoleThatTakesNothingCanBeInterrupted() throws IOException {
        Pipe keys = Pipe.open();
        Pipe said = Pipe.open();
        try (InputStream typed = Channels.newInputStream(keys.source());
                SerialLine line = new SerialLine(
                        "guest",
                        () -> new Wire(
                                Channels.newInputStream(said.source()),
                                Channels.newOutputStream(keys.sink()),
                                () -> "",
                                () -> {}))) {
            Thread test = Thread.currentThread();
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
                Waiting.until("it waits", Duration.ofSeconds(10), test::getState, Thread.State.TIMED_WAITING::equals);
                test.interrupt();
            });

            assertThatThrownBy(() -> line.type("x".repeat(1 << 20)))
                    .isInstanceOf(InterruptedWaitException.class)
                    .hasMessage(
                            "what is typed on the console of guest is on its way: interrupted while waiting for it");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(typed.readNBytes(1 << 20)).hasSize(1 << 20);
            line.type("y");
            assertThat(typed.read()).isEqualTo('y');
        }
    }
}
