package io.github.taplab.internal.guest;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The clock of a guest's system, which has stood still. */
final class GuestClock {

    // With an agent 0.1 s on an idle machine, and more than 5 s have been seen.
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final int TRIES = 5;

    private GuestClock() {}

    /**
     * Sets it to that of this JVM's machine. It is late by as long as that takes, so on a busy machine it is set once
     * more.
     *
     * @param setter has the guest do it, and returns when it has
     */
    static void set(Consumer<Instant> setter) {
        Duration late = LATE;
        for (int tries = 0; tries < TRIES && late.compareTo(LATE) >= 0; tries++) {
            long start = System.nanoTime();
            setter.accept(Instant.now());
            late = Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
