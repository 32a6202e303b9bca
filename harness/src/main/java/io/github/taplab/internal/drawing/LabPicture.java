package io.github.taplab.internal.drawing;

import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Svg.Kind;
import io.github.taplab.internal.drawing.Svg.Size;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.spec.InterfaceIp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * Where the parts of a lab's drawing are. It is as wide as a phone and as high as it takes: the network is the line on
 * the left, the wan the one on the right, and the stations stand between them, one under the other.
 */
final class LabPicture implements Svg.Drawing {

    static final int WIDTH = 360;

    private static final int NETWORK = 12;
    private static final int WAN = 350;
    private static final int LEFT = 32;
    private static final int RIGHT = 332;
    private static final int PADDING = 10;
    private static final int INSET = 18;
    private static final int LINE = 16;
    private static final int GAP = 12;
    // From a line of text up to its middle.
    private static final int MIDDLE = 4;
    private static final int FIRST = 36;

    private final LabDrawing lab;
    private final List<Svg.Drawing> parts = new ArrayList<>();
    private final List<Integer> labCables = new ArrayList<>();
    private final List<Integer> wanCables = new ArrayList<>();
    private int y = FIRST;

    LabPicture(LabDrawing lab) {
        this.lab = lab;
        words(Kind.NAME, NETWORK - 4, WIDTH - NETWORK, 18, "Network " + lab.subnet());
        for (Station station : lab.standingAlone()) {
            station(station, LEFT, RIGHT);
            y += GAP;
        }
        network(NETWORK, labCables, FIRST - GAP);
        network(WAN, wanCables, FIRST);
    }

    int height() {
        return y;
    }

    @Override
    public void on(Svg svg) throws XMLStreamException {
        for (Svg.Drawing part : parts) {
            part.on(svg);
        }
    }

    private void network(int x, List<Integer> cables, int most) {
        if (!cables.isEmpty()) {
            int top = x == NETWORK ? most : cables.get(0);
            int bottom = cables.get(cables.size() - 1);
            parts.add(svg -> svg.line(Kind.LINE, x, top, x, bottom));
        }
    }

    private void station(Station station, int left, int right) {
        int top = y;
        int x = left + PADDING;
        y += LINE + 2;
        String kind = station.kind().toString();
        boolean named = station.name().equals(kind);
        int room = right - PADDING - x;
        int letters = Size.TEXT.lettersIn(room) - (named ? 0 : kind.length());
        int baseline = y;
        parts.add(svg ->
                svg.text(Kind.NAME, Size.TEXT, x, baseline, Visible.beginning(Visible.of(station.name()), letters)));
        if (!named) {
            parts.add(svg -> svg.textToTheEnd(Kind.NOTE, Size.SMALL, right - PADDING, baseline, kind));
        }
        for (Nic nic : station.nics()) {
            nic(station, nic, left, right);
        }
        if (station.kind() == Station.Kind.LAUNCHER) {
            guests(station, left, right);
        }
        y += PADDING;
        int height = y - top;
        parts.add(svg -> svg.box(Kind.BOX, left, top, right - left, height));
    }

    private void nic(Station station, Nic nic, int left, int right) {
        int x = left + PADDING;
        Optional<String> otherMac = lab.otherMac(nic);
        int cable = y + LINE - MIDDLE;
        lines(otherMac.isPresent() ? Kind.WRONG : Kind.LABEL, x, right, nic.link() + " " + nic.mac());
        otherMac.ifPresent(words -> lines(Kind.WRONG, x + INSET, right, words));
        for (InterfaceIp ip : nic.ips()) {
            Optional<String> others = lab.otherOwners(station, ip);
            lines(others.isPresent() ? Kind.WRONG : Kind.LABEL, x + INSET, right, ip.toString());
            others.ifPresent(words -> lines(Kind.WRONG, x + INSET, right, words));
        }
        nic.broken().ifPresent(words -> lines(Kind.WRONG, x + INSET, right, words));
        if (nic.macvtap().isEmpty() && nic.network() != Network.INSIDE) {
            cable(nic, left, right, cable);
        }
    }

    private void cable(Nic nic, int left, int right, int at) {
        boolean wan = nic.network() == Network.WAN;
        (wan ? wanCables : labCables).add(at);
        int from = wan ? right : NETWORK;
        int to = wan ? WAN : left;
        parts.add(svg -> svg.line(Kind.LINE, from, at, to, at));
        if (nic.broken().isPresent()) {
            parts.add(svg -> svg.cross((from + to) / 2, at));
        }
    }

    /** Guests hang under their launcher's interface, each on its macvtap. */
    private void guests(Station launcher, int left, int right) {
        int line = left + PADDING + 4;
        int top = y + MIDDLE;
        int bottom = top;
        for (Station guest : lab.guestsOf(launcher)) {
            for (Nic nic : guest.nics()) {
                if (nic.macvtap().isPresent()) {
                    y += GAP;
                    bottom = macvtap(nic.macvtap().get(), line, right - PADDING);
                    boolean cut = nic.broken().isPresent();
                    int from = y;
                    y += LINE;
                    parts.add(svg -> svg.line(Kind.LINE, line + 2 * INSET, from, line + 2 * INSET, from + LINE));
                    if (cut) {
                        parts.add(svg -> svg.cross(line + 2 * INSET, from + LINE / 2));
                    }
                }
            }
            station(guest, line + INSET, right - PADDING);
        }
        int end = bottom;
        if (end > top) {
            parts.add(svg -> svg.line(Kind.LINE, line, top, line, end));
        }
    }

    /** Returns where its cable leaves the line of its parent. */
    private int macvtap(Macvtap macvtap, int line, int right) {
        int top = y;
        int left = line + INSET;
        int x = left + PADDING;
        int cable = top + LINE - 2;
        y += 2;
        lines(Kind.LABEL, x, right, "%s on %s".formatted(macvtap.link(), macvtap.place()));
        lines(Kind.LABEL, x, right, macvtap.mac().toString());
        macvtap.broken().ifPresent(words -> lines(Kind.WRONG, x, right, words));
        y += 8;
        int height = y - top;
        parts.add(svg -> svg.box(Kind.BOX, left, top, right - left, height));
        parts.add(svg -> svg.line(Kind.LINE, line, cable, left, cable));
        if (macvtap.broken().isPresent()) {
            parts.add(svg -> svg.cross((line + left) / 2, cable));
        }
        return cable;
    }

    /** Text under what is there, in as many lines as it takes. */
    private void lines(Kind kind, int x, int right, String text) {
        int letters = Size.TEXT.lettersIn(right - PADDING - x);
        for (String line : wrapped(Visible.of(text), letters)) {
            y += LINE;
            words(kind, x, right, y, line);
        }
    }

    private void words(Kind kind, int x, int right, int baseline, String text) {
        String shown = Visible.beginning(Visible.of(text), Size.TEXT.lettersIn(right - x));
        parts.add(svg -> svg.text(kind, Size.TEXT, x, baseline, shown));
    }

    private static List<String> wrapped(String text, int letters) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.codePointCount(0, rest.length()) > letters) {
            int most = rest.offsetByCodePoints(0, letters);
            int space = rest.lastIndexOf(' ', most);
            int end = space > 0 ? space : most;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
