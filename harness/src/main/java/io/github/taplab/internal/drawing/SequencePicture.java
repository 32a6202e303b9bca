package io.github.taplab.internal.drawing;

import io.github.taplab.internal.drawing.Passage.Sighting;
import io.github.taplab.internal.drawing.Route.End;
import io.github.taplab.internal.drawing.SequenceDiagram.Row;
import io.github.taplab.internal.drawing.Svg.Kind;
import io.github.taplab.internal.drawing.Svg.Size;
import io.github.taplab.internal.text.Visible;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/** Where the parts of a sequence diagram are: a row has its words first, and under them its arrow. */
final class SequencePicture implements Svg.Drawing {

    private static final int NARROWEST = 400;
    private static final int LANE = 110;
    private static final int MARGIN = 10;
    private static final int GAP = 8;
    private static final int HEADER = 42;
    // A row's parts, from its top.
    private static final int WORDS = 14;
    private static final int ARROW = 26;
    private static final int TURN = 8;
    private static final int NOTE = 14;
    private static final int ROW = 38;
    private static final int TIME_LETTERS = 11;

    private final List<Lane> lanes;
    private final List<Row> rows;
    private final int leftOut;

    SequencePicture(List<Lane> lanes, List<Row> rows, int leftOut) {
        this.lanes = lanes;
        this.rows = rows;
        this.leftOut = leftOut;
    }

    int width() {
        return Math.max(NARROWEST, 2 * MARGIN + LANE * lanes.size());
    }

    int height() {
        int end = HEADER + rows.stream().mapToInt(SequencePicture::height).sum();
        return end + (leftOut > 0 || rows.isEmpty() ? 24 : MARGIN);
    }

    private static int height(Row row) {
        return ROW + TURN * turns(row.route().way()) + (row.route().note().isEmpty() ? 0 : NOTE);
    }

    private static int turns(List<Integer> way) {
        int turns = 0;
        for (int i = 2; i < way.size(); i++) {
            if (turnsAt(way, i - 1)) {
                turns++;
            }
        }
        return turns;
    }

    private static boolean turnsAt(List<Integer> way, int i) {
        return way.get(i) > way.get(i - 1) != way.get(i + 1) > way.get(i);
    }

    @Override
    public void on(Svg svg) throws XMLStreamException {
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            int room = room() - GAP / 2;
            svg.textInTheMiddle(Kind.NAME, Size.TEXT, x(i), 16, cut(lane.title(), Size.TEXT, room));
            svg.textInTheMiddle(Kind.NOTE, Size.SMALL, x(i), 30, cut(lane.port(), Size.SMALL, room));
        }
        int y = HEADER;
        for (Row row : rows) {
            row(svg, row, y);
            y += height(row);
        }
        if (leftOut > 0) {
            svg.text(Kind.NOTE, Size.TEXT, MARGIN, y + WORDS, SequenceDiagram.leftOut(leftOut));
        } else if (rows.isEmpty()) {
            svg.text(Kind.NOTE, Size.TEXT, MARGIN, y + WORDS, "no frames");
        }
    }

    private void row(Svg svg, Row row, int top) throws XMLStreamException {
        Route route = row.route();
        boolean lost = route.end() == End.LOST;
        svg.begin(lost ? Kind.WRONG : Kind.LABEL, whole(row));
        String label = Visible.of(row.label());
        String times = SequenceDiagram.times(row.count());
        int letters = Size.TEXT.lettersIn(width() - 2 * MARGIN) - TIME_LETTERS - times.length();
        svg.text(Kind.LABEL, Size.TEXT, MARGIN, top + WORDS, Visible.beginning(label, letters) + times);
        Duration time =
                Duration.between(rows.get(0).first().begin(), row.first().begin());
        svg.textToTheEnd(Kind.NOTE, Size.SMALL, width() - MARGIN, top + WORDS, SequenceDiagram.since(time));
        int bottom = top + ARROW + TURN * (1 + turns(route.way()));
        for (int i = 0; i < lanes.size(); i++) {
            svg.lane(x(i), top + ARROW - TURN + 2, bottom);
        }
        arrow(svg, route, top + ARROW);
        svg.end();
    }

    private void arrow(Svg svg, Route route, int top) throws XMLStreamException {
        if (route.elsewhere()) {
            int x = x(route.start());
            svg.line(Kind.LINE, x - stub(), top, x, top);
        }
        List<Integer> way = route.way();
        int[] places = new int[2 * (way.size() + turns(way))];
        int at = 0;
        int y = top;
        for (int i = 0; i < way.size(); i++) {
            places[at++] = x(way.get(i));
            places[at++] = y;
            if (i > 0 && i < way.size() - 1 && turnsAt(way, i)) {
                y += TURN;
                places[at++] = x(way.get(i));
                places[at++] = y;
            }
        }
        if (way.size() > 1) {
            svg.line(Kind.LINE, places);
        }
        if (!route.elsewhere()) {
            svg.dot(x(route.start()), top);
        }
        for (int lane : route.passed()) {
            svg.dot(x(lane), top);
        }
        ends(svg, route, y);
    }

    private void ends(Svg svg, Route route, int y) throws XMLStreamException {
        for (int lane : route.heads()) {
            int before = route.way().size() > 2 ? route.way().get(route.way().size() - 2) : route.start();
            svg.arrowHead(before <= lane, x(lane), y);
        }
        if (route.end() == End.ARRIVED) {
            return;
        }
        int last = route.lastLane();
        int end = x(last) + (route.right() ? stub() : -stub());
        svg.line(Kind.LINE, x(last), y, end, y);
        if (route.end() == End.LOST) {
            svg.cross(end, y);
        } else {
            svg.arrowHead(route.right(), end, y);
        }
        if (!route.note().isEmpty()) {
            note(svg, route, end, y + TURN + NOTE);
        }
    }

    private void note(Svg svg, Route route, int end, int y) throws XMLStreamException {
        Kind kind = route.end() == End.LOST ? Kind.WRONG : Kind.NOTE;
        String note = Visible.of(route.note());
        // Beside the end, on the side where there is more room.
        if (end > width() / 2) {
            int most = Size.SMALL.lettersIn(end + GAP - MARGIN);
            svg.textToTheEnd(kind, Size.SMALL, end + GAP, y, Visible.beginning(note, most));
        } else {
            int most = Size.SMALL.lettersIn(width() - MARGIN - end + GAP);
            svg.text(kind, Size.SMALL, end - GAP, y, Visible.beginning(note, most));
        }
    }

    /** Half of the way to the next lane, or to the edge. */
    private int stub() {
        return room() / 2 - GAP;
    }

    private int room() {
        return (width() - 2 * MARGIN) / Math.max(1, lanes.size());
    }

    private int x(int lane) {
        return MARGIN + room() * lane + room() / 2;
    }

    private static String cut(String text, Size size, int room) {
        return Visible.beginning(Visible.of(text), size.lettersIn(room));
    }

    /** All that is known of a frame, for who points at it. */
    private String whole(Row row) {
        Passage first = row.first();
        String seen = first.sightings().stream()
                .map(sighting -> seen(first, sighting))
                .collect(Collectors.joining(", "));
        return "%s%s, %s > %s, %d octets: %s%s"
                .formatted(
                        row.label(),
                        SequenceDiagram.times(row.count()),
                        first.source(),
                        first.destination(),
                        first.length(),
                        seen,
                        row.route().note().isEmpty() ? "" : ", " + row.route().note());
    }

    private String seen(Passage passage, Sighting sighting) {
        return "%s %s %s"
                .formatted(
                        sighting.outgoing() ? "out of" : "into",
                        lanes.get(sighting.lane()).port(),
                        SequenceDiagram.since(Duration.between(passage.begin(), sighting.at())));
    }
}
