package io.github.taplab.internal.wait;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work that a thread of its own does beside its caller, who may wait for it or leave it. */
public final class Beside<T> implements AutoCloseable {

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private Beside(String name, Supplier<T> work) {
        thread = new Thread(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                name);
        thread.setDaemon(true);
    }

    /**
     * Begins it.
     *
     * @param name of the thread
     */
    public static <T> Beside<T> begin(String name, Supplier<T> work) {
        Beside<T> begun = new Beside<>(name, work);
        begun.thread.start();
        return begun;
    }

    /** Completes with what the work returns, or fails with what it throws. */
    public CompletableFuture<T> result() {
        return result;
    }

    /** Interrupts it, where it still goes on. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
