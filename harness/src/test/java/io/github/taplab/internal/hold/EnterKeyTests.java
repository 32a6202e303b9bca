package io.github.taplab.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EnterKeyTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void eachEnterIsForWhoHasWaitedLongest() throws IOException {
        try (PipedInputStream terminal = new PipedInputStream();
                PipedOutputStream keyboard = new PipedOutputStream(terminal)) {
            EnterKey enter = new EnterKey(() -> Optional.of(terminal));
            CompletableFuture<Boolean> first = new CompletableFuture<>();
            CompletableFuture<Boolean> second = new CompletableFuture<>();

            assertThat(enter.await(() -> first.complete(true))).isTrue();
            assertThat(enter.await(() -> second.complete(true))).isTrue();

            keyboard.write("x\n".getBytes(StandardCharsets.US_ASCII));
            keyboard.flush();
            assertThat(Waiting.joined("the first hears of it", SOON, first)).isTrue();
            assertThat(second).isNotDone();
            keyboard.write('\n');
            keyboard.flush();
            assertThat(Waiting.joined("the second hears of it", SOON, second)).isTrue();
        }
    }

    @Test
    void whatWasTypedBeforeIsNoAnswer() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        InputStream terminal = new ByteArrayInputStream("\n\n".getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public void close() {
                closed.complete(true);
            }
        };
        CompletableFuture<Boolean> heard = new CompletableFuture<>();

        assertThat(new EnterKey(() -> Optional.of(terminal)).await(() -> heard.complete(true)))
                .isTrue();

        assertThat(Waiting.joined("all of it is read", SOON, closed)).isTrue();
        assertThat(heard).isNotDone();
    }

    @Test
    void whoWaitsNoMoreIsPassedOver() throws IOException {
        try (PipedInputStream terminal = new PipedInputStream();
                PipedOutputStream keyboard = new PipedOutputStream(terminal)) {
            EnterKey enter = new EnterKey(() -> Optional.of(terminal));
            CompletableFuture<Boolean> second = new CompletableFuture<>();
            Runnable gone = () -> second.completeExceptionally(new AssertionError("it waits no more"));

            assertThat(enter.await(gone)).isTrue();
            assertThat(enter.await(() -> second.complete(true))).isTrue();
            enter.ignore(gone);
            keyboard.write('\n');
            keyboard.flush();

            assertThat(Waiting.joined("the second hears of it", SOON, second)).isTrue();
        }
    }

    @Test
    void withoutATerminalNobodyWaits() {
        assertThat(new EnterKey(Optional::empty).await(() -> {})).isFalse();
        assertThat(new EnterKey(() -> {
                            throw new IOException("No such device or address");
                        })
                        .await(() -> {}))
                .isFalse();
    }

    /** The kernel stops a process of the background that reads from its terminal. */
    @Test
    void onlyTheForegroundReadsTheTerminal() {
        assertThat(EnterKey.isInForeground("812 (java) S 700 812 700 34816 812 4194304"))
                .isTrue();
        assertThat(EnterKey.isInForeground("812 (my) (java) S 700 812 700 34816 900 4194304"))
                .isFalse();
        assertThat(EnterKey.isInForeground("812 (java) S 700 812 700 0 -1 4194304"))
                .isFalse();
    }
}
