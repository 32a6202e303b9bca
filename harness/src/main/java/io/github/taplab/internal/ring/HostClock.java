package io.github.taplab.internal.ring;

import java.time.Duration;
import java.time.Instant;

/**
 * A look at the Docker host's clock from this JVM.
 *
 * @param ahead by how much it is ahead of this JVM's; zero where it may well be the same clock
 * @param roundTrip how long the look took, which is more than the first may be wrong by
 */
record HostClock(Duration ahead, Duration roundTrip) {

    /** The clock that told its time between two moments of this JVM's. */
    static HostClock between(Instant asked, Instant told, Instant answered) {
        Duration roundTrip = Duration.between(asked, answered);
        Duration half = roundTrip.dividedBy(2);
        Duration ahead = Duration.between(asked.plus(half), told);
        return new HostClock(ahead.abs().compareTo(half) <= 0 ? Duration.ZERO : ahead, roundTrip);
    }
}
