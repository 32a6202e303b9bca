package io.github.taplab.internal.wait;

import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.pollinterval.FibonacciPollInterval;
import org.awaitility.pollinterval.PollInterval;
import org.jspecify.annotations.Nullable;

/** The one loop that asks again and again; Awaitility's, without what a user has set for loops of their own. */
final class Asking {

    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final PollInterval FIBONACCI = FibonacciPollInterval.fibonacci(4, TimeUnit.MILLISECONDS);

    private Asking() {}

    static <T, X extends Throwable> T until(
            String what, Duration deadline, Supplier<T> question, Predicate<T> wanted, Function<T, X> tooLate)
            throws X {
        AtomicReference<@Nullable T> last = new AtomicReference<>();
        try {
            return loop(what)
                    .atMost(deadline.compareTo(SHORTEST_DEADLINE) < 0 ? SHORTEST_DEADLINE : deadline)
                    .until(
                            () -> {
                                endWithInterrupt(what);
                                T answer = question.get();
                                last.set(answer);
                                return answer;
                            },
                            wanted);
        } catch (ConditionTimeoutException e) {
            throw tooLate.apply(Objects.requireNonNull(last.get(), what));
        }
    }

    // All that Awaitility has static defaults for is said here: those are the user's to change, for the whole JVM.
    private static ConditionFactory loop(String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval((count, previous) -> {
                    Duration next = FIBONACCI.next(count, previous);
                    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
                })
                .ignoreNoExceptions()
                // Else an exception of any thread of the JVM would end the wait.
                .dontCatchUncaughtExceptions()
                .failFast(() -> false)
                .conditionEvaluationListener(evaluated -> {});
    }

    // Awaitility's pauses do not end with an interrupt (seen: 30 s until the deadline), but they are short.
    private static void endWithInterrupt(String what) {
        if (Thread.interrupted()) {
            throw new InterruptedWaitException(what, new InterruptedException());
        }
    }
}
