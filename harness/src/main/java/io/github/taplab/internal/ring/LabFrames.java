package io.github.taplab.internal.ring;

import java.time.Duration;
import java.util.List;

/**
 * What has passed the interfaces of a lab.
 *
 * @param frames by their time, of all nodes
 * @param incomplete why some may be missing
 * @param hostAhead by how much the frames' clock, the Docker host's, is ahead of this JVM's; zero if nobody told it
 */
public record LabFrames(List<RingFrame> frames, List<Gap> incomplete, Duration hostAhead) {

    public LabFrames {
        frames = List.copyOf(frames);
        incomplete = List.copyOf(incomplete);
    }
}
