package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A wait for an event that goes on while something else goes on, and its three ends without the event. */
final class EventWait {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final String what;
    private final Duration deadline;
    private final Duration silence;
    private final LongSupplier progress;
    private final Supplier<String> evidence;

    EventWait(String what, Duration deadline, Duration silence, LongSupplier progress, Supplier<String> evidence) {
        this.what = what;
        this.deadline = deadline;
        this.silence = silence;
        this.progress = progress;
        this.evidence = evidence;
    }

    <T> T forEvent(CompletableFuture<T> event) {
        try {
            return looking(event);
        } catch (CompletionException | CancellationException e) {
            throw new IllegalStateException("%s: can't come any more: %s%n%s".formatted(what, why(e), seen()), e);
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what, e);
        }
    }

    private <T> T looking(CompletableFuture<T> event) throws InterruptedException {
        if (event.isDone()) {
            return event.join();
        }
        long start = System.nanoTime();
        long look = Math.min(silence.toNanos(), LOOK.toNanos());
        long before = progress.getAsLong();
        for (long last = System.nanoTime(); ; ) {
            long left = start + deadline.toNanos() - System.nanoTime();
            if (Completion.isWithin(Math.min(left, look), event)) {
                return event.join();
            }
            if (left <= look) {
                throw new DeadlineExceededException(
                        "%s: not within %d ms, last seen: %s".formatted(what, deadline.toMillis(), seen()));
            }
            long now = progress.getAsLong();
            if (now != before) {
                before = now;
                last = System.nanoTime();
            } else if (System.nanoTime() - last >= silence.toNanos()) {
                throw new DeadlineExceededException(
                        "%s: nothing has gone on for %d ms, last seen: %s".formatted(what, silence.toMillis(), seen()));
            }
        }
    }

    // Taplab's own exceptions are sentences.
    private static String why(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof IllegalStateException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.toString();
    }

    // What went wrong may have taken the evidence along; the message is then still worth having.
    private String seen() {
        try {
            return evidence.get();
        } catch (RuntimeException e) {
            return "nothing, since " + e.getMessage();
        }
    }
}
