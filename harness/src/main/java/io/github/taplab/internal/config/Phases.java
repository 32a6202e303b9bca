package io.github.taplab.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long the parts of something took. Parts may overlap, so they do not add up to the whole. */
public final class Phases {

    private final long start = System.nanoTime();
    private final List<String> done = new ArrayList<>();

    /** Does a part and notes its time. */
    public <T> T measure(String part, Supplier<T> work) {
        long partStart = System.nanoTime();
        T result = work.get();
        synchronized (done) {
            done.add("%s %d ms".formatted(part, millisSince(partStart)));
        }
        return result;
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

    /** The whole up to now, and the parts in the order of their ends. */
    @Override
    public String toString() {
        synchronized (done) {
            return "%d ms (%s)".formatted(millisSince(start), String.join(", ", done));
        }
    }
}
