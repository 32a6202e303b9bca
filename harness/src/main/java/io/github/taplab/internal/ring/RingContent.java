package io.github.taplab.internal.ring;

import java.time.Instant;
import java.util.List;

/**
 * What one ring has since a mark.
 *
 * @param frames in the order in which they passed
 * @param overwritten how many it had and has no more
 * @param lost how many it never had
 * @param lostUntil when the last of them, or an earlier one, was noticed to be lost, by the Docker host's clock
 * @param end the mark behind them
 * @param clock the Docker host's, when it was asked
 */
record RingContent(
        List<RingFrame> frames, long overwritten, long lost, Instant lostUntil, RingMark end, HostClock clock) {

    RingContent {
        frames = List.copyOf(frames);
    }
}
