package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for states that nothing announces by asking, for events, and for calls that may never come back.
 *
 * <p>A thread that waits here is just blocked, also where it is one of JUnit's pool ({@link Completion}).
 *
 * <p>All waits end with an {@link InterruptedWaitException} when their thread is interrupted.
 */
public final class Waiting {

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
        return new LeavableCall<T, X>(what, call, tooLate).answerWithin(deadline);
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
            if (!Completion.isWithin(deadline.toNanos(), work)) {
                throw new DeadlineExceededException("%s: not within %d ms".formatted(what.get(), deadline.toMillis()));
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what.get(), e);
        }
        return Completion.<T, RuntimeException>answer(work);
    }

    /** Waits until an event has come, or was given up, and returns whether it did so in time. */
    public static boolean isWithin(String what, Duration time, CompletableFuture<?> event) {
        try {
            return Completion.isWithin(time.toNanos(), event);
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what, e);
        }
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
        return Asking.until(what, deadline, question, wanted, tooLate);
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
        return new EventWait(what, deadline, silence, progress, evidence).forEvent(event);
    }
}
