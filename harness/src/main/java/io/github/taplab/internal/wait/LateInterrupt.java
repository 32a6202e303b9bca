package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work that an interrupt of its thread waits for. Whoever is interrupted can neither wait nor ask, and so could not
 * take back what it has begun; and the interrupt may be why it does: so ends a test that JUnit's {@code @Timeout} cuts
 * off.
 */
public final class LateInterrupt {

    private LateInterrupt() {}

    /** Does work although its thread has been interrupted already. The thread is still interrupted afterwards. */
    public static <T> T after(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same for what returns nothing. */
    public static void afterDoing(Runnable work) {
        boolean unused = after(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Waits for work of another thread, as {@link Waiting#joined(String, Duration, CompletableFuture)} does, also
     * through an interrupt that comes in the meantime.
     *
     * @param what is waited for, in words, for the message
     * @throws DeadlineExceededException if it is not done in time
     */
    public static <T> T joined(String what, Duration deadline, CompletableFuture<T> work) {
        long end = System.nanoTime() + deadline.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Waiting.joined(what, Duration.ofNanos(Math.max(0, end - System.nanoTime())), work);
                } catch (InterruptedWaitException e) {
                    if (!Thread.interrupted()) {
                        // It is what the work has failed with.
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
