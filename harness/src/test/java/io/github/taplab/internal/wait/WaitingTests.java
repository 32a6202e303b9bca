package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    void whereTheEventIsThereNobodyLooksWhatGoesOn() {
        CompletableFuture<String> event = CompletableFuture.completedFuture("here");
        LongSupplier progress = () -> {
            throw new IllegalStateException("looked at");
        };

        assertThat(Waiting.forEvent("it comes", LONG, LONG, event, progress, () -> "nothing"))
                .isEqualTo("here");
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
                .hasMessageContaining("it boots: can't come any more: QEMU ended")
                .hasMessageContaining("line 0");
    }

    @Test
    void evidenceThatCanNotBeGotDoesNotHideTheMessage() {
        assertThatThrownBy(() -> Waiting.forEvent("it boots", SHORT, event, () -> {
                    throw new IllegalStateException("the launcher is gone");
                }))
                .hasMessage("it boots: not within 20 ms, last seen: nothing, since the launcher is gone");
    }

    @Test
    void aCallHasADeadline() {
        assertThatThrownBy(() -> Waiting.call("libvirtd answers", SHORT, WaitingTests::neverComesBack))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("libvirtd answers: no answer within 20 ms");
    }

    @Test
    void aCallThrowsWhatItThrewAndNothingElse() {
        assertThatThrownBy(() -> Waiting.call("a file is read", LONG, () -> {
                    throw new IOException("no such file");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no such file");
    }

    @Test
    void anAnswerThatComesTooLateIsHandedOnForClosing() {
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<String> closed = new CompletableFuture<>();

        assertThatThrownBy(() -> Waiting.call("it opens", SHORT, () -> deaf(go), closed::complete))
                .isInstanceOf(DeadlineExceededException.class);
        go.countDown();

        assertThat(Waiting.joined("it is closed", LONG, closed)).isEqualTo("opened");
    }

    @Test
    void anInterruptEndsEachKindOfWait() {
        List<ThrowingCallable> waits = List.of(
                () -> Waiting.call("x", LONG, WaitingTests::neverComesBack),
                () -> Waiting.joined("x", LONG, event),
                () -> await(LONG, LONG),
                () -> Waiting.until("x", LONG, () -> "no", "yes"::equals));
        for (ThrowingCallable wait : waits) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(wait)
                    .isInstanceOf(InterruptedWaitException.class)
                    .hasMessageEndingWith(": interrupted while waiting for it");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }

    /** With the future's own join() the pool starts a thread for each that is blocked. */
    @Test
    void aForkJoinPoolDoesNotMakeUpForThoseWhoWait() {
        ForkJoinPool pool = new ForkJoinPool(2);
        AtomicInteger waiting = new AtomicInteger();
        try {
            CompletableFuture<?>[] work = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> {
                                waiting.incrementAndGet();
                                Waiting.joined("x", LONG, event);
                            },
                            pool))
                    .limit(16)
                    .toArray(CompletableFuture<?>[]::new);
            Waiting.until("two wait", LONG, waiting::get, number -> number == 2);
            assertThat(pool.getPoolSize()).isEqualTo(2);

            event.complete("go on");

            Waiting.joined("all are done", LONG, CompletableFuture.allOf(work));
            assertThat(pool.getPoolSize()).isEqualTo(2);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String neverComesBack() throws InterruptedException {
        new CountDownLatch(1).await();
        return "";
    }

    /** As native code: an interrupt does not end it. */
    private static String deaf(CountDownLatch go) {
        while (true) {
            try {
                go.await();
                return "opened";
            } catch (InterruptedException goesOn) {
                // As if nothing had happened.
            }
        }
    }
}
