package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LateInterruptTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    @AfterEach
    void nobodyElseIsInterrupted() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void workIsDoneBeforeAnInterrupt() {
        Thread.currentThread().interrupt();

        String done = LateInterrupt.after(
                () -> Waiting.joined("it is done", LONG, CompletableFuture.supplyAsync(() -> "done")));

        assertThat(done).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatWorkFailsWithIsThrownAndTheThreadInterruptedAllTheSame() {
        Thread.currentThread().interrupt();
        IllegalStateException failure = new IllegalStateException("it failed");

        assertThatThrownBy(() -> LateInterrupt.afterDoing(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nobodyIsInterruptedWhoWasNot() {
        LateInterrupt.afterDoing(() -> {});

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void workOfAnotherThreadIsWaitedForThroughAnInterrupt() {
        CompletableFuture<String> work = new CompletableFuture<>();
        Thread waits = Thread.currentThread();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            Waiting.until("it waits", LONG, waits::getState, state -> state == Thread.State.TIMED_WAITING);
            waits.interrupt();
            Waiting.until("it has heard of that", LONG, waits::isInterrupted, interrupted -> !interrupted);
            work.complete("done");
        });

        assertThat(LateInterrupt.joined("it is done", LONG, work)).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
        other.join();
    }

    @Test
    void workThatWasInterruptedItselfHasFailed() {
        InterruptedWaitException failure = new InterruptedWaitException("something", new InterruptedException());
        boolean unused = Thread.interrupted();

        assertThatThrownBy(() -> LateInterrupt.joined("it is done", LONG, CompletableFuture.failedFuture(failure)))
                .isSameAs(failure);
    }

    @Test
    void workThatIsNotDoneInTimeIsLeft() {
        assertThatThrownBy(() -> LateInterrupt.joined("it is done", Duration.ZERO, new CompletableFuture<>()))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("it is done: not within 0 ms");
    }
}
