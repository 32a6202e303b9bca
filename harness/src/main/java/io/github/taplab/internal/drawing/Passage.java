package io.github.taplab.internal.drawing;

import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.MacAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One frame on its way: where it was seen, in the order of time.
 *
 * @param octets of the frame, as far as they were recorded
 */
record Passage(ByteBuffer octets, int length, List<Sighting> sightings) {

    /** A frame at a port, by the number of its lane. */
    record Sighting(Instant at, int lane, boolean outgoing) {}

    private record Content(ByteBuffer octets, int length) {}

    // The way through a lab takes some hundreds of microseconds, on a busy machine some milliseconds; a question that
    // is
    // asked again in the same words comes a second later.
    private static final Duration LONGEST_WAY = Duration.ofMillis(50);
    private static final int SOURCE = 6;

    /** The ways of all frames that were seen at these lanes, in the order in which they began. */
    static List<Passage> of(List<RingFrame> frames, List<Lane> lanes) {
        List<Passage> passages = new ArrayList<>();
        Map<Content, Passage> latest = new HashMap<>();
        frames.stream()
                // A receiver may have the same time as the sender, and not an earlier one.
                .sorted(Comparator.comparing(RingFrame::at)
                        .thenComparing(frame -> leaves(frame, lanes), Comparator.reverseOrder()))
                .forEach(frame -> lane(frame, lanes).ifPresent(lane -> {
                    Sighting sighting = new Sighting(frame.at(), lane, leaves(frame, lanes));
                    Content content = new Content(ByteBuffer.wrap(frame.bytes()), frame.length());
                    Passage begun = latest.get(content);
                    if (begun == null || !begun.goesOnWith(sighting)) {
                        begun = new Passage(content.octets(), content.length(), new ArrayList<>());
                        latest.put(content, begun);
                        passages.add(begun);
                    }
                    begun.sightings.add(sighting);
                }));
        return passages;
    }

    /** Whether it comes from the one whose port it is. */
    private static boolean leaves(RingFrame frame, List<Lane> lanes) {
        return frame.outgoing()
                != lane(frame, lanes).map(lanes::get).map(Lane::turned).orElse(false);
    }

    private static Optional<Integer> lane(RingFrame frame, List<Lane> lanes) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).node().equals(frame.node()) && lanes.get(i).link().equals(frame.link())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Whether this is the same frame further on, and not one like it that passes again. */
    private boolean goesOnWith(Sighting next) {
        return Duration.between(begin(), next.at()).compareTo(LONGEST_WAY) <= 0
                && sightings.stream()
                        .noneMatch(seen -> seen.lane() == next.lane() && seen.outgoing() == next.outgoing());
    }

    Sighting first() {
        return sightings.get(0);
    }

    Instant begin() {
        return first().at();
    }

    /** Whom it is for; nobody, if it is too short to say. */
    MacAddress destination() {
        return mac(0);
    }

    MacAddress source() {
        return mac(SOURCE);
    }

    private MacAddress mac(int at) {
        return octets.remaining() < at + 6
                ? new MacAddress(0)
                : new MacAddress(Short.toUnsignedLong(octets.getShort(at)) << 32
                        | Integer.toUnsignedLong(octets.getInt(at + 2)));
    }
}
