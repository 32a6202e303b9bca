package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Turn turn = new Turn();

    private CompletableFuture<String> another(CompletableFuture<String> use) {
        CompletableFuture<Void> has = new CompletableFuture<>();
        CompletableFuture<String> all = CompletableFuture.supplyAsync(() -> turn.holding("x", LONG, () -> {
            has.complete(null);
            return use.join();
        }));
        Waiting.joined("another has the turn", LONG, has);
        return all;
    }

    @Test
    void whoWaitsHasADeadline() {
        CompletableFuture<String> use = new CompletableFuture<>();
        CompletableFuture<String> other = another(use);

        assertThatThrownBy(() -> turn.holding("the console is free", SHORT, () -> "used"))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("the console is free: not over within 20 ms");

        use.complete("done");
        assertThat(Waiting.joined("x", LONG, other)).isEqualTo("done");
        assertThat(turn.holding("x", LONG, () -> "used")).isEqualTo("used");
    }

    @Test
    void anInterruptEndsTheWait() {
        CompletableFuture<String> use = new CompletableFuture<>();
        CompletableFuture<String> other = another(use);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> turn.holding("the console is free", LONG, () -> "used"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the console is free: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        use.complete("done");
        other.join();
    }

    @Test
    void whoHasTheTurnMayTakeItAgain() {
        assertThat(turn.holding("x", LONG, () -> turn.holding("x", SHORT, () -> "inner")))
                .isEqualTo("inner");
    }
}
