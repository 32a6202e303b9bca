package io.github.taplab.internal.placement;

import java.util.Optional;

/**
 * How many labs there may be that nobody uses.
 *
 * @param most that are there before they are asked for, or still go; 0: none is made ahead
 * @param atATime that start at the same time
 */
record AheadLimits(int most, int atATime) {

    /**
     * Those for a Docker host. An emulated guest's start keeps a core busy, and the labs that run need the others.
     *
     * @param most what the user wants; empty: one a core
     */
    static AheadLimits of(Optional<Integer> most, int cores) {
        return new AheadLimits(most.orElse(Math.max(1, cores)), Math.max(1, cores / 2));
    }
}
