package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.pollinterval.FibonacciPollInterval;
import org.jspecify.annotations.Nullable;

/**
 * Waits for states that nothing announces by asking, for events, and for calls that may never come back.
 *
 * <p>A thread that waits here is just blocked. {@link CompletableFuture#get} and its like tell a fork-join pool of it,
 * which then starts a thread more: JUnit's pool would run more test classes at a time than it was told to.
 *
 * <p>All waits end with an {@link InterruptedWaitException} when their thread is interrupted.
 */
public final class Waiting {

    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private Waiting() {}

    /** What is called; it may block for ever. */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {
        T answer() throws X;
    }

    /** The same as {@link #call(String, Duration, Call, Consumer)} for an answer that nobody need close. */
    public static <T, X extends Exception> T call(String what, Duration deadline, Call<T, X> call) throws X {
        return call(what, deadline, call, tooLate -> {});
    }

    /**
     * Makes a call that leaves the JVM and may never come back, on a thread of its own. When nobody waits for it any
     * more that thread is interrupted, and left alone where it does not heed that, as native code does not.
     *
     * @param what is called, in words, for the message: "libvirtd of launcher is asked for the XML of guest"
     * @param tooLate gets an answer that came when nobody waited for it any more, to close what was opened
     * @throws DeadlineExceededException if no answer came in time
     * @throws X what the call threw
     */
    public static <T, X extends Exception> T call(String what, Duration deadline, Call<T, X> call, Consumer<T> tooLate)
            throws X {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread caller = new Thread(
                () -> {
                    try {
                        T found = call.answer();
                        if (!answer.complete(found)) {
                            tooLate.accept(found);
                        }
                    } catch (Throwable failure) {
                        answer.completeExceptionally(failure);
                    }
                },
                "taplab: " + what);
        caller.setDaemon(true);
        caller.start();
        try {
            if (!isDoneWithin(deadline.toNanos(), answer)) {
                DeadlineExceededException late = new DeadlineExceededException(
                        "%s: no answer within %d ms".formatted(what, deadline.toMillis()));
                // Else it has come in this moment.
                if (answer.completeExceptionally(late)) {
                    caller.interrupt();
                    throw late;
                }
            }
        } catch (InterruptedException e) {
            InterruptedWaitException interrupted = new InterruptedWaitException(what, e);
            if (answer.completeExceptionally(interrupted)) {
                caller.interrupt();
            } else if (!answer.isCompletedExceptionally()) {
                tooLate.accept(answer.join());
            }
            throw interrupted;
        }
        return answerOf(answer);
    }

    // The call declares what it throws, so nothing else comes out of it.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, X extends Exception> T answerOf(CompletableFuture<T> done) throws X {
        try {
            return done.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            throw (X) cause;
        }
    }

    /**
     * Waits for work of this JVM that another thread does, and returns its result or throws what it threw.
     *
     * @param what is waited for, in words, for the message
     * @throws DeadlineExceededException if it is not done in time
     */
    public static <T> T joined(String what, Duration deadline, CompletableFuture<T> work) {
        return joined(() -> what, deadline, work);
    }

    /** The same with words that are asked for only when nobody waits any longer: they may say how far it has come. */
    public static <T> T joined(Supplier<String> what, Duration deadline, CompletableFuture<T> work) {
        try {
            if (!isDoneWithin(deadline.toNanos(), work)) {
                throw new DeadlineExceededException("%s: not within %d ms".formatted(what.get(), deadline.toMillis()));
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what.get(), e);
        }
        return Waiting.<T, RuntimeException>answerOf(work);
    }

    // Not by the future's own get(): see above.
    private static boolean isDoneWithin(long nanos, CompletableFuture<?> event) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<?> unused = event.whenComplete((answer, failure) -> done.countDown());
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Asks until the answer is the wanted one. The first question comes at once, the pauses grow from 5 to 400 ms.
     *
     * @param what is waited for, in words, for the message
     * @throws DeadlineExceededException with the last answer
     */
    public static <T> T until(String what, Duration deadline, Supplier<T> question, Predicate<T> wanted) {
        return until(
                what,
                deadline,
                question,
                wanted,
                last -> new DeadlineExceededException(
                        "%s: not within %d ms, last seen: %s".formatted(what, deadline.toMillis(), last)));
    }

    /**
     * The same with another failure.
     *
     * @param tooLate makes it of the last answer
     * @throws X when the deadline has passed
     */
    public static <T, X extends Throwable> T until(
            String what, Duration deadline, Supplier<T> question, Predicate<T> wanted, Function<T, X> tooLate)
            throws X {
        AtomicReference<@Nullable T> last = new AtomicReference<>();
        try {
            // All that matters is said here: what is not follows Awaitility's defaults, which are the user's to change.
            return Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval((count, previous) -> {
                        Duration next = FibonacciPollInterval.fibonacci(4, TimeUnit.MILLISECONDS)
                                .next(count, previous);
                        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
                    })
                    .ignoreNoExceptions()
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

    // Awaitility's pauses do not end with an interrupt (seen: 30 s until the deadline), but they are short.
    private static void endWithInterrupt(String what) {
        if (Thread.interrupted()) {
            throw new InterruptedWaitException(what, new InterruptedException());
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
     * @param silence after which nobody need wait any longer
     * @param progress asked now and every two seconds, or as often as that time is long if it is shorter: another
     *     number when something has gone on; it may throw what it has seen, which ends the wait
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
        long start = System.nanoTime();
        long look = Math.min(silence.toNanos(), LOOK.toNanos());
        try {
            long before = progress.getAsLong();
            for (long last = System.nanoTime(); ; ) {
                long left = start + deadline.toNanos() - System.nanoTime();
                if (isDoneWithin(Math.min(left, look), event)) {
                    return event.join();
                }
                if (left <= look) {
                    throw new DeadlineExceededException(
                            "%s: not within %d ms, last seen: %s".formatted(what, deadline.toMillis(), seen(evidence)));
                }
                long now = progress.getAsLong();
                if (now != before) {
                    before = now;
                    last = System.nanoTime();
                } else if (System.nanoTime() - last >= silence.toNanos()) {
                    throw new DeadlineExceededException("%s: nothing has gone on for %d ms, last seen: %s"
                            .formatted(what, silence.toMillis(), seen(evidence)));
                }
            }
        } catch (CompletionException | CancellationException e) {
            throw new IllegalStateException(
                    "%s: can't come any more: %s%n%s"
                            .formatted(what, e.getCause() == null ? e : e.getCause(), seen(evidence)),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what, e);
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
