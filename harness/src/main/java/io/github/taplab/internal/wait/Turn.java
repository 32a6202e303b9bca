package io.github.taplab.internal.wait;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Work that one thread of this JVM does at a time. Unlike with {@code synchronized}, who waits has a way out. */
public final class Turn {

    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Does the work when no other thread does.
     *
     * @param what is waited for while another thread has the turn, in words, for the message
     * @throws DeadlineExceededException if the other one has it for longer
     * @throws InterruptedWaitException if this thread is interrupted while it waits
     */
    public <T> T holding(String what, Duration deadline, Supplier<T> work) {
        take(what, deadline);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void take(String what, Duration deadline) {
        try {
            if (!lock.tryLock(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceededException("%s: not over within %d ms".formatted(what, deadline.toMillis()));
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException(what, e);
        }
    }
}
