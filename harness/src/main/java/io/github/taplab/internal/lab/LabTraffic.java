package io.github.taplab.internal.lab;

import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.internal.capture.FrameParser;
import io.github.taplab.internal.ring.Gap;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.LabRings;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.ring.RingMarks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the rings of a lab have kept, as specs look at it. */
final class LabTraffic {

    private LabTraffic() {}

    /** What passes while something is done; what that throws is thrown on. */
    static Traffic during(Runnable action, LabRings rings) {
        RingMarks before = rings.marks();
        action.run();
        LabFrames seen = rings.since(before);
        return of(seen.frames(), before.nodes(), seen.incomplete());
    }

    /**
     * All of it but what is too short for an Ethernet frame, and what passed in nodes that were not listened to from
     * the beginning on: nobody knows which of their frames are older.
     *
     * @param frames by their time
     * @param listening names of the nodes of which a ring answered at the beginning
     * @param incomplete why some may be missing
     */
    static Traffic of(List<RingFrame> frames, Set<String> listening, List<Gap> incomplete) {
        List<Gap> gaps = new ArrayList<>(incomplete);
        frames.stream()
                .map(RingFrame::node)
                .filter(node -> !listening.contains(node))
                .distinct()
                .map(node -> new Gap(Optional.of(node), "it was not listened to from the beginning on"))
                .forEach(gaps::add);
        Set<String> whole = listening.stream()
                .filter(node -> gaps.stream().noneMatch(gap -> gap.node().equals(Optional.of(node))))
                .collect(Collectors.toSet());
        return new Traffic(
                frames.stream()
                        .filter(frame -> listening.contains(frame.node()))
                        .map(LabTraffic::sighting)
                        .flatMap(Optional::stream)
                        .toList(),
                whole,
                gaps.stream().map(Gap::toString).toList());
    }

    private static Optional<Sighting> sighting(RingFrame frame) {
        byte[] bytes = frame.bytes();
        return FrameParser.parse(frame.at(), ByteBuffer.wrap(bytes))
                .map(parsed -> new Sighting(frame.node(), frame.link(), frame.outgoing(), parsed, bytes));
    }
}
