package io.github.taplab.internal.capture;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The lock on what one thread learns and others wait for, and the way to wait for it. */
final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What is done with the lock, except while it waits for what {@link #come comes}. */
    @FunctionalInterface
    interface Steps<X extends Exception> {
        void go() throws X, InterruptedException;
    }

    /** Makes a change, and tells all who wait. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <T> T look(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    <X extends Exception> void holding(Steps<X> steps) throws X, InterruptedException {
        lock.lockInterruptibly();
        try {
            steps.go();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a change has made it true.
     *
     * @param until as {@link System#nanoTime} counts
     * @return false if it has not come in time
     */
    boolean come(BooleanSupplier event, long until) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!event.getAsBoolean()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
