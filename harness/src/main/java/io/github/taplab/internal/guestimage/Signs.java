package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.Pace;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells how far a download is, every few seconds. */
final class Signs {

    private final long start = System.nanoTime();
    private final long first;
    private final OptionalLong total;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * Starts now.
     *
     * @param first bytes that were there before
     * @param total bytes in the end, if that is known
     */
    Signs(long first, OptionalLong total, Pace pace, Consumer<String> progress) {
        this.first = first;
        this.total = total;
        this.pace = pace;
        this.progress = progress;
        pace.isDue();
    }

    /** Tells it, if it is time to. */
    void tell(long received) {
        if (pace.isDue()) {
            progress.accept(line(Duration.ofNanos(System.nanoTime() - start), first, received, total));
        }
    }

    static String line(Duration elapsed, long first, long received, OptionalLong total) {
        long rate = (received - first) * 1000 / Math.max(1, elapsed.toMillis());
        String far = "  %3d s  %s".formatted(elapsed.toSeconds(), new ByteSize(received));
        if (total.isEmpty()) {
            return "%s, %s/s".formatted(far, new ByteSize(rate));
        }
        String left = rate == 0 ? "" : ", %d s left".formatted((total.getAsLong() - received + rate - 1) / rate);
        return "%s of %s, %s/s%s".formatted(far, new ByteSize(total.getAsLong()), new ByteSize(rate), left);
    }
}
