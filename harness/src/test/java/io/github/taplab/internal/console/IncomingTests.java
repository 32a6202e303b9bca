package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IncomingTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PIECE = "x".repeat(8192);
    private static final int PIECES = 3 * Incoming.MOST / PIECE.length();

    private final Incoming incoming = new Incoming("guest");
    private final AtomicInteger written = new AtomicInteger();

    private CompletableFuture<Void> writesWithoutEnd() {
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < PIECES; i++) {
                incoming.add(PIECE);
                written.incrementAndGet();
            }
        });
    }

    private void awaitThatItIsFull() {
        Waiting.until("it is full", SOON, written::get, count -> count * PIECE.length() >= Incoming.MOST);
    }

    @Test
    void whoWritesFasterThanIsReadHasToWaitAndLosesNothing() {
        CompletableFuture<Void> guest = writesWithoutEnd();
        awaitThatItIsFull();

        assertThat(written.get() * PIECE.length()).isLessThanOrEqualTo(Incoming.MOST + PIECE.length());
        assertThat(guest).isNotDone();
        for (int i = 0; i < PIECES; i++) {
            assertThat(incoming.next(SOON)).contains(PIECE);
        }
        guest.join();
        assertThat(incoming.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void whereNobodyReadsAnyMoreNobodyWaits() {
        CompletableFuture<Void> guest = writesWithoutEnd();
        awaitThatItIsFull();

        incoming.close();

        guest.join();
        assertThat(written).hasValue(PIECES);
    }
}
