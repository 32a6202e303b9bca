package io.github.taplab.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How long the parts of something took. Parts may overlap, so they do not add up to the whole. */
public final class Phases {

    private final long start = System.nanoTime();
    private final List<String> done = new ArrayList<>();
    private final Map<String, Long> underWay = new LinkedHashMap<>();
    private final BiConsumer<String, Duration> ended;

    /** Parts that nobody else is told of. */
    public Phases() {
        this((part, took) -> {});
    }

    /**
     * Parts of something.
     *
     * @param ended is told of each part, with the time that it took; of one that has failed that it was given up
     */
    public Phases(BiConsumer<String, Duration> ended) {
        this.ended = ended;
    }

    /** Does a part and notes its time. */
    public <T> T measure(String part, Supplier<T> work) {
        long partStart = System.nanoTime();
        synchronized (done) {
            underWay.put(part, partStart);
        }
        try {
            T result = work.get();
            ended.accept(part, Duration.ofNanos(System.nanoTime() - partStart));
            synchronized (done) {
                done.add("%s %d ms".formatted(part, millisSince(partStart)));
            }
            return result;
        } catch (RuntimeException | Error e) {
            ended.accept(part + ", given up", Duration.ofNanos(System.nanoTime() - partStart));
            throw e;
        } finally {
            synchronized (done) {
                underWay.remove(part);
            }
        }
    }

    /** The same for work without a result. */
    public void time(String part, Runnable work) {
        measure(part, () -> {
            work.run();
            return part;
        });
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** The parts that have begun and not ended, and for how long each has gone on; or the last one that has ended. */
    public String underWay() {
        synchronized (done) {
            return underWay.isEmpty()
                    ? "nothing" + (done.isEmpty() ? "" : " after " + done.get(done.size() - 1))
                    : underWay.entrySet().stream()
                            .map(part -> "%s for %d ms".formatted(part.getKey(), millisSince(part.getValue())))
                            .collect(Collectors.joining(", "));
        }
    }

    /** The parts that have begun and not ended. */
    public String parts() {
        synchronized (done) {
            return underWay.isEmpty() ? "almost done" : String.join(", ", underWay.keySet());
        }
    }

    /** The whole up to now, and the parts in the order of their ends. */
    @Override
    public String toString() {
        synchronized (done) {
            return "%d ms (%s)".formatted(millisSince(start), String.join(", ", done));
        }
    }
}
