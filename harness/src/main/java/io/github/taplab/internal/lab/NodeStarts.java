package io.github.taplab.internal.lab;

import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The threads that start the nodes of one lab side by side. */
final class NodeStarts {

    private static final Duration LAST_START = Duration.ofSeconds(4);

    private final LabName lab;
    private final ExecutorService starts = threads("taplab-start");
    private final ExecutorService undisturbed = threads("taplab-container");

    NodeStarts(LabName lab) {
        this.lab = lab;
    }

    private static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to start something. */
    <T> CompletableFuture<T> begin(Supplier<T> start) {
        return begin(start, starts);
    }

    private <T> CompletableFuture<T> begin(Supplier<T> start, ExecutorService threads) {
        CompletableFuture<T> started = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    started.complete(start.get());
                } catch (Throwable failure) {
                    started.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException e) {
            started.completeExceptionally(new IllegalStateException("The lab of " + lab + " is closed", e));
        }
        return started;
    }

    /**
     * Starts something that is not interrupted where its lab is closed; only the wait for it is. The engine would make
     * a container all the same, and nobody would know its id.
     *
     * @param what is waited for, in words
     */
    <T> T undisturbed(String what, Duration deadline, Supplier<T> start) {
        return Waiting.joined(what, deadline, begin(start, undisturbed));
    }

    /** Ends what waits, and lets nothing begin any more. */
    void interrupt() {
        starts.shutdownNow();
        undisturbed.shutdown();
    }

    /**
     * Waits until all have ended: a node that was still starting is on the lab's network until then.
     *
     * @throws IllegalStateException if they do not
     */
    void awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + LAST_START.toNanos();
        for (ExecutorService threads : new ExecutorService[] {undisturbed, starts}) {
            if (!threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("a node still starts");
            }
        }
    }
}
