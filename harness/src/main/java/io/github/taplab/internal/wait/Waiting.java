package io.github.taplab.internal.wait;

import io.github.taplab.node.DeadlineExceededException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.pollinterval.FibonacciPollInterval;
import org.jspecify.annotations.Nullable;

/** Waits for states that nothing announces by asking, and for events. */
public final class Waiting {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

    private Waiting() {}

    /**
     * Asks until the answer is the wanted one. The first question comes at once, the pauses grow from 5 to 400 ms.
     *
     * @param what is waited for, in words, for the message
     * @throws DeadlineExceededException with the last answer
     */
    public static <T> T until(String what, Duration deadline, Supplier<T> question, Predicate<T> wanted) {
        AtomicReference<@Nullable T> last = new AtomicReference<>();
        try {
            return Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval((count, previous) -> {
                        Duration next = FibonacciPollInterval.fibonacci(4, TimeUnit.MILLISECONDS)
                                .next(count, previous);
                        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
                    })
                    .atMost(deadline)
                    .until(
                            () -> {
                                T answer = question.get();
                                last.set(answer);
                                return answer;
                            },
                            wanted);
        } catch (ConditionTimeoutException e) {
            throw new DeadlineExceededException(
                    "%s: not within %d ms, last seen: %s".formatted(what, deadline.toMillis(), last.get()), e);
        }
    }

    /**
     * Waits for an event.
     *
     * @param what is waited for, in words, for the message
     * @param evidence asked only when the deadline has passed
     * @throws DeadlineExceededException with the evidence
     * @throws IllegalStateException if the event can't come any more
     */
    public static <T> T forEvent(
            String what, Duration deadline, CompletableFuture<T> event, Supplier<String> evidence) {
        return forEvent(what, deadline, deadline, event, () -> 0, evidence);
    }

    /**
     * Waits for an event for as long as something goes on in the meantime.
     *
     * @param what is waited for, in words, for the message
     * @param silence after which nobody need wait any longer; it is noticed within twice that time
     * @param progress asked now and each time that time has passed: another number when something has gone on
     * @param evidence asked only when nobody waits any longer
     * @throws DeadlineExceededException with the evidence
     * @throws IllegalStateException if the event can't come any more
     */
    public static <T> T forEvent(
            String what,
            Duration deadline,
            Duration silence,
            CompletableFuture<T> event,
            LongSupplier progress,
            Supplier<String> evidence) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            for (long before = progress.getAsLong(); ; ) {
                long left = end - System.nanoTime();
                try {
                    return event.get(Math.min(left, silence.toNanos()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (left <= silence.toNanos()) {
                        throw new DeadlineExceededException(
                                "%s: not within %d ms, last seen: %s"
                                        .formatted(what, deadline.toMillis(), seen(evidence)),
                                e);
                    }
                    long now = progress.getAsLong();
                    if (now == before) {
                        throw new DeadlineExceededException(
                                "%s: nothing has gone on for %d ms, last seen: %s"
                                        .formatted(what, silence.toMillis(), seen(evidence)),
                                e);
                    }
                    before = now;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "%s: can't come any more: %s%n%s".formatted(what, e.getCause(), seen(evidence)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException(what + ": interrupted", e);
        }
    }

    // What went wrong may have taken the evidence along; the message is then still worth having.
    private static String seen(Supplier<String> evidence) {
        try {
            return evidence.get();
        } catch (RuntimeException e) {
            return "nothing, since " + e.getMessage();
        }
    }
}
