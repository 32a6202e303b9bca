package io.github.taplab.internal.evidence;

import io.github.taplab.internal.pcapng.Comment;
import io.github.taplab.internal.pcapng.PcapngFile;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.timeline.Event;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a lab, and what its tests asked meanwhile.
 *
 * @param events the lab's timeline
 */
record Packets(LabFrames frames, List<Event> events) {

    static final Packets NONE = new Packets(new LabFrames(List.of(), List.of(), Duration.ZERO), List.of());

    Packets {
        events = List.copyOf(events);
    }

    /** Whether there is nothing to be written. */
    boolean isEmpty() {
        return frames.frames().isEmpty();
    }

    /** All of it as a capture file, with each test and step as a comment on the first frame after it began. */
    byte[] pcapng() {
        List<Comment> comments = new ArrayList<>();
        for (Event event : events) {
            // The clock of the frames is the Docker host's.
            Instant at = event.at().plus(frames.hostAhead());
            if (event instanceof TestBegan test) {
                comments.add(new Comment(at, "test begins: " + test.name()));
            } else if (event instanceof Step step) {
                comments.add(new Comment(at, "%s: %s: %s".formatted(step.node(), step.call(), step.result())));
            }
        }
        return PcapngFile.of("Taplab", frames.frames(), comments);
    }

    /** What may be missing, in words. */
    Section section() {
        return new Section(
                "frames",
                "%d frames are in %s%s"
                        .formatted(
                                frames.frames().size(),
                                Evidence.PACKETS,
                                frames.incomplete().stream()
                                        .map("%n%s"::formatted)
                                        .reduce("", String::concat)));
    }
}
