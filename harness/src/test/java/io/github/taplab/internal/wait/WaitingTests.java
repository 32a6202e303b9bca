package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.node.DeadlineExceededException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitingTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CompletableFuture<String> event = new CompletableFuture<>();
    private final AtomicInteger lines = new AtomicInteger();

    private String await(Duration deadline, Duration silence) {
        return Waiting.forEvent("it boots", deadline, silence, event, lines::get, () -> "line " + lines);
    }

    @Test
    void anEventEndsTheWait() {
        event.complete("booted");

        assertThat(await(LONG, LONG)).isEqualTo("booted");
    }

    @Test
    void whereNothingGoesOnNobodyWaitsForTheDeadline() {
        assertThatThrownBy(() -> await(LONG, SHORT))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("it boots: nothing has gone on for 20 ms, last seen: line 0");
    }

    @Test
    void whereSomethingGoesOnItIsWaitedForUntilItDoesNot() {
        assertThatThrownBy(() -> Waiting.forEvent(
                        "it boots",
                        LONG,
                        SHORT,
                        event,
                        () -> Math.min(lines.incrementAndGet(), 3),
                        () -> "asked %d times".formatted(lines.get())))
                .hasMessage("it boots: nothing has gone on for 20 ms, last seen: asked 4 times");
    }

    @Test
    void theDeadlineHoldsWhateverGoesOn() {
        assertThatThrownBy(() -> Waiting.forEvent(
                        "it boots", Duration.ofMillis(90), SHORT, event, lines::incrementAndGet, () -> "much"))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("it boots: not within 90 ms, last seen: much");
    }

    @Test
    void anEventThatCanNotComeAnyMoreIsNoDeadline() {
        event.completeExceptionally(new IllegalStateException("QEMU ended"));

        assertThatThrownBy(() -> await(LONG, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it boots: can't come any more: java.lang.IllegalStateException: QEMU ended")
                .hasMessageContaining("line 0");
    }

    @Test
    void evidenceThatCanNotBeGotDoesNotHideTheMessage() {
        assertThatThrownBy(() -> Waiting.forEvent("it boots", SHORT, event, () -> {
                    throw new IllegalStateException("the launcher is gone");
                }))
                .hasMessage("it boots: not within 20 ms, last seen: nothing, since the launcher is gone");
    }
}
