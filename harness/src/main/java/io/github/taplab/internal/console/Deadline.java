package io.github.taplab.internal.console;

import java.time.Duration;

/**
 * A point in time until which something may take.
 *
 * @param nanos on {@link System#nanoTime()}'s clock
 */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean hasPassed() {
        return left().isNegative() || left().isZero();
    }

    /** What is left until then, or the given time if that is shorter. */
    Duration shorter(Duration longest) {
        return left().compareTo(longest) < 0 ? left() : longest;
    }

    private Duration left() {
        return Duration.ofNanos(nanos - System.nanoTime());
    }
}
