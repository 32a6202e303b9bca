package io.github.taplab.internal.placement;

import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A lab without containers, whose start and teardown end when a test says so. */
final class FakeLab implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    final String madeFor;
    volatile String owner;
    private final CompletableFuture<Boolean> teardown;
    private final List<String> events;

    private FakeLab(String name, CompletableFuture<Boolean> teardown, List<String> events) {
        madeFor = name;
        owner = name;
        this.teardown = teardown;
        this.events = events;
    }

    @Override
    public void close() {
        Waiting.joined("the teardown may end", LONG, teardown);
        events.add("gone " + madeFor);
    }

    /** Makes them. */
    static final class Maker implements LabMaker<FakeLab> {

        /** What has happened, in its order. */
        final List<String> events = new CopyOnWriteArrayList<>();

        /** What the labs were made for that were broken in. */
        final List<String> brokenIn = new CopyOnWriteArrayList<>();

        private final List<Start> starts = new CopyOnWriteArrayList<>();
        private volatile boolean startsAtOnce = true;
        volatile int prepared;
        volatile Optional<String> lost = Optional.empty();
        volatile Optional<String> unfit = Optional.empty();
        volatile int questions;
        private volatile CompletableFuture<Boolean> teardowns = CompletableFuture.completedFuture(true);

        private static final class Start {

            private final String name;
            private final CompletableFuture<Boolean> mayEnd;

            Start(String name, CompletableFuture<Boolean> mayEnd) {
                this.name = name;
                this.mayEnd = mayEnd;
            }
        }

        /** From now on starts wait for {@link #end}. */
        void hold() {
            startsAtOnce = false;
        }

        /** From now on labs go when the returned future is completed. */
        CompletableFuture<Boolean> holdTeardowns() {
            teardowns = new CompletableFuture<>();
            return teardowns;
        }

        @Override
        public FakeLab make(LabRequest request) {
            CompletableFuture<Boolean> mayEnd = new CompletableFuture<>();
            if (startsAtOnce) {
                mayEnd.complete(true);
            }
            starts.add(new Start(request.name(), mayEnd));
            events.add("begun " + request.name());
            try {
                Waiting.joined("the start may end", LONG, mayEnd);
            } catch (RuntimeException e) {
                events.add("failed " + request.name());
                throw e;
            }
            FakeLab lab = new FakeLab(request.name(), teardowns, events);
            events.add("up " + request.name());
            return lab;
        }

        @Override
        public void breakIn(FakeLab lab) {
            brokenIn.add(lab.madeFor);
        }

        @Override
        public void give(FakeLab lab, LabRequest request) {
            lab.owner = request.name();
        }

        @Override
        public int prepared(LabRequest request) {
            return prepared;
        }

        @Override
        public Optional<String> unfit(LabRequest request) {
            return request.spec().host().isEmpty() ? Optional.empty() : unfit;
        }

        @Override
        public synchronized Optional<String> lost() {
            questions++;
            return lost;
        }

        /** The only host. */
        LabHost<FakeLab> host(long mib) {
            return new LabHost<>("the engine", this, 2, mib);
        }

        /** Lets the start for a class succeed, once it has begun. */
        void end(String name) {
            begun(name).complete(true);
        }

        /** Lets it fail. */
        void fail(String name, RuntimeException failure) {
            begun(name).completeExceptionally(failure);
        }

        private CompletableFuture<Boolean> begun(String name) {
            await("begun " + name);
            return starts.stream()
                    .filter(start -> start.name.equals(name) && !start.mayEnd.isDone())
                    .findFirst()
                    .orElseThrow()
                    .mayEnd;
        }

        void await(String event) {
            Waiting.until(event, LONG, () -> List.copyOf(events), seen -> seen.contains(event));
        }
    }
}
