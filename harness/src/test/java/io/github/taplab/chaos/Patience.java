package io.github.taplab.chaos;

import java.time.Duration;

/**
 * How many times as long as on a machine of its own everything may take: {@code chaos.patience}, 1 by default. On two
 * cores with a load of 30 a guest was seen to say nothing for 20 s in the middle of its boot.
 */
final class Patience {

    private static final Option TIMES = new Option("chaos.patience");

    private Patience() {}

    static Duration of(Duration alone) {
        return alone.multipliedBy(TIMES.number(1));
    }
}
