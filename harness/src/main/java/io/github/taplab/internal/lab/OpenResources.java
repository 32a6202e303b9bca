package io.github.taplab.internal.lab;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.LateInterrupt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What a lab has opened. It is closed in steps, within each side by side, and each step has an end; what takes longer
 * is told as a leak and left behind, and the rest goes on. The last one ends after 20 s. An interrupt does not end it:
 * that may be why it is closed.
 */
final class OpenResources implements AutoCloseable {

    /** The steps, in their order: nothing waits for an answer of what hangs, or is gone already. */
    enum Step {
        /** What is on its way is told to end. */
        STARTS(3),
        /** With a container ends all that runs in it, though it has been stopped or does not answer. */
        CONTAINERS(12),
        /** The other ends are gone, so these close at once. */
        CONNECTIONS(15),
        /** Nothing is on them any more. */
        NETWORKS(20);

        // A network has been seen to take the engine of a busy machine more than five seconds.
        private final int endsAfterSeconds;

        Step(int endsAfterSeconds) {
            this.endsAfterSeconds = endsAfterSeconds;
        }
    }

    private static final class Opened {

        private final Step step;
        private final String name;
        private final AutoCloseable resource;

        Opened(Step step, String name, AutoCloseable resource) {
            this.step = step;
            this.name = name;
            this.resource = resource;
        }
    }

    private static final class Closing {

        private final String name;
        private final CompletableFuture<Boolean> ended;

        Closing(String name, CompletableFuture<Boolean> ended) {
            this.name = name;
            this.ended = ended;
        }
    }

    private final LabName lab;
    private final BiConsumer<String, Throwable> leaks;
    private final Duration unit;
    private final List<Opened> opened = new ArrayList<>();
    private final CompletableFuture<Boolean> allClosed = new CompletableFuture<>();
    private boolean closed;

    /**
     * Nothing yet.
     *
     * @param lab its name
     * @param leaks told the name of each thing that could not be closed, and why
     */
    OpenResources(LabName lab, BiConsumer<String, Throwable> leaks) {
        this(lab, leaks, Duration.ofSeconds(1));
    }

    /** The same with another unit than seconds, for tests. */
    OpenResources(LabName lab, BiConsumer<String, Throwable> leaks, Duration unit) {
        this.lab = lab;
        this.leaks = leaks;
        this.unit = unit;
    }

    /** The same as {@link #open(Step, String, Supplier)} for a connection. */
    <T extends AutoCloseable> T open(Supplier<T> opener) {
        T connection = opener.get();
        return open(Step.CONNECTIONS, connection.getClass().getSimpleName(), () -> connection);
    }

    /**
     * Opens a resource and takes care of its closing.
     *
     * @param name for messages
     * @throws IllegalStateException if all has been closed in the meantime; the resource is closed too
     */
    <T extends AutoCloseable> T open(Step step, String name, Supplier<T> opener) {
        T resource = opener.get();
        synchronized (opened) {
            if (!closed) {
                opened.add(new Opened(step, name, resource));
                return resource;
            }
        }
        close(name, resource);
        throw new IllegalStateException("The lab of " + lab + " was closed while it started");
    }

    /** Closes everything; who comes second waits until that is done. Leaks are told: no test's verdict is changed. */
    @Override
    public void close() {
        boolean first;
        synchronized (opened) {
            first = !closed;
            closed = true;
        }
        if (first) {
            long start = System.nanoTime();
            for (Step step : Step.values()) {
                close(step, start + endOf(step).toNanos());
            }
            allClosed.complete(true);
        } else {
            awaitEnd("the lab of %s is closed".formatted(lab), endOf(Step.NETWORKS), allClosed);
        }
    }

    private void close(Step step, long end) {
        List<Opened> closing;
        // Nothing is added any more.
        synchronized (opened) {
            closing = opened.stream().filter(open -> open.step == step).toList();
        }
        closing.stream().map(this::begin).toList().forEach(begun -> {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!awaitEnd(begun.name + " is closed", left, begun.ended)) {
                leaks.accept(
                        named(begun.name),
                        new DeadlineExceededException("it was not closed within %d ms of the lab's teardown"
                                .formatted(endOf(step).toMillis())));
            }
        });
    }

    private Closing begin(Opened open) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    close(open.name, open.resource);
                    ended.complete(true);
                },
                "taplab-close: " + open.name);
        thread.setDaemon(true);
        thread.start();
        return new Closing(open.name, ended);
    }

    /** Waits through interrupts; whether it has ended in time. */
    private static boolean awaitEnd(String what, Duration deadline, CompletableFuture<Boolean> ended) {
        try {
            return LateInterrupt.joined(what, deadline, ended);
        } catch (DeadlineExceededException late) {
            return false;
        }
    }

    private void close(String name, AutoCloseable resource) {
        LateInterrupt.afterDoing(() -> {
            try {
                resource.close();
            } catch (Exception | Error e) {
                leaks.accept(named(name), e);
            }
        });
    }

    private String named(String name) {
        return "%s of the lab of %s".formatted(name, lab);
    }

    private Duration endOf(Step step) {
        return unit.multipliedBy(step.endsAfterSeconds);
    }
}
