package io.github.taplab.internal.drawing;

import io.github.taplab.internal.capture.FrameWords;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The frames around a step of a test, as arrows between those who sent and those who got them. One that was seen at
 * several ports is one arrow, and one that got lost ends where it was last seen.
 *
 * @param title what is seen, such as the step
 * @param lanes the ports, from left to right; frames of other ports are left out
 * @param owners whose a MAC address is: the title of a lane, or a name of a station that has none
 */
public record SequenceDiagram(String title, List<Lane> lanes, Map<MacAddress, String> owners, List<RingFrame> frames) {

    /**
     * An arrow, and how many of the same followed each other.
     *
     * @param label what the frame is, in words
     */
    record Row(Passage first, String label, Route route, int count) {

        private boolean isRepeatedBy(String nextLabel, Route next) {
            return label.equals(nextLabel) && route.equals(next);
        }

        private Row again() {
            return new Row(first, label, route, count + 1);
        }
    }

    private static final int MOST_ROWS = 40;

    public SequenceDiagram {
        lanes = List.copyOf(lanes);
        owners = Map.copyOf(owners);
        frames = List.copyOf(frames);
    }

    /** The picture. */
    public String svg() {
        List<Row> rows = rows();
        List<Row> shown = rows.subList(0, Math.min(MOST_ROWS, rows.size()));
        int leftOut = rows.subList(shown.size(), rows.size()).stream()
                .mapToInt(Row::count)
                .sum();
        SequencePicture picture = new SequencePicture(lanes, shown, leftOut);
        return Svg.of("taplab-sequence", picture.width(), picture.height(), title, sentences(shown, leftOut), picture);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Passage passage : Passage.of(frames, lanes)) {
            byte[] octets = new byte[passage.octets().remaining()];
            passage.octets().get(0, octets);
            String label = FrameWords.of(octets);
            Route route = Route.of(passage, lanes, owners);
            int last = rows.size() - 1;
            if (last >= 0 && rows.get(last).isRepeatedBy(label, route)) {
                rows.set(last, rows.get(last).again());
            } else {
                rows.add(new Row(passage, label, route, 1));
            }
        }
        return rows;
    }

    private String sentences(List<Row> shown, int leftOut) {
        String each = shown.stream().map(this::sentence).collect(Collectors.joining(" "));
        return leftOut == 0 ? each : "%s %s.".formatted(each, leftOut(leftOut));
    }

    private String sentence(Row row) {
        Route route = row.route();
        String to = route.heads().isEmpty()
                ? route.note()
                : "to "
                        + route.heads().stream()
                                .map(lane -> lanes.get(lane).title())
                                .distinct()
                                .collect(Collectors.joining(", "));
        return "%s%s from %s%s."
                .formatted(
                        row.label(),
                        times(row.count()),
                        route.elsewhere()
                                ? "elsewhere"
                                : lanes.get(route.start()).title(),
                        to.isBlank() ? "" : " " + to);
    }

    static String times(int count) {
        return count == 1 ? "" : " × " + count;
    }

    static String leftOut(int frames) {
        return frames == 1 ? "… 1 frame left out" : "… %d frames left out".formatted(frames);
    }

    /** A time since the first frame, in the unit that is read most easily. */
    static String since(Duration time) {
        return time.toMillis() < 1000
                ? "+%d.%02d ms".formatted(time.toMillis(), time.toNanos() / 10_000 % 100)
                : "+%d.%02d s".formatted(time.toSeconds(), time.toMillis() / 10 % 100);
    }
}
