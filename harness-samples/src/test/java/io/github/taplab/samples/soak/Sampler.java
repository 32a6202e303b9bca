package io.github.taplab.samples.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at gauges at intervals, as long as it is open. */
final class Sampler implements AutoCloseable {

    private final long start = System.nanoTime();
    private final Map<Gauge, List<Sample>> samples = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "soak-sampler");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> sampling;

    Sampler(List<Gauge> gauges, Duration interval) {
        gauges.forEach(gauge -> samples.put(gauge, new ArrayList<>()));
        sampling = clock.scheduleWithFixedDelay(this::sample, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void sample() {
        samples.forEach((gauge, taken) -> gauge.value()
                .get()
                .ifPresent(value -> taken.add(new Sample((System.nanoTime() - start) / 1e9, value))));
    }

    /**
     * What has been seen so far.
     *
     * @throws IllegalStateException if a gauge has failed, since when nothing was seen
     */
    synchronized List<Series> series() {
        if (sampling.isDone()) {
            throw new IllegalStateException("A gauge has failed, and no sample was taken since");
        }
        return samples.entrySet().stream()
                .map(each -> new Series(
                        each.getKey().name(),
                        each.getKey().unit(),
                        each.getKey().bound(),
                        each.getValue()))
                .toList();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
