package io.github.taplab.internal.config;

import java.time.Duration;

/** Says when it is time for another sign of life, so that long work neither looks like a hang nor fills the screen. */
public final class Pace {

    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(5);

    private final long between;
    private long last;

    /** A sign every few seconds, the first one at once. */
    public Pace() {
        this(BETWEEN_SIGNS);
    }

    /** A sign at most as often as this. */
    public Pace(Duration between) {
        this.between = between.toNanos();
        this.last = System.nanoTime() - this.between;
    }

    /** Whether the last time at which it was due is long enough ago; the next one counts from now. */
    public boolean isDue() {
        long now = System.nanoTime();
        if (now - last < between) {
            return false;
        }
        last = now;
        return true;
    }
}
