package io.github.taplab.internal.report;

import io.github.taplab.internal.text.Letters;
import java.util.List;

/**
 * Text in which everything can be seen: what a reader's terminal or browser would take for an order, or not show at
 * all, stands there as a sign. A guest can write what it likes on its console, and a console that hides half of it, or
 * turns it round, tells a lie.
 */
final class VisibleText {

    // Unicode has a picture of each, such as ␛, for which many systems have no font: a box, which ever it is.
    private static final List<String> CONTROLS = List.of(("NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI"
                    + " DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US")
            .split(" "));

    private VisibleText() {}

    /** The text, with a sign for each character that has none. Line ends and tabulators stay. */
    static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\r' && i < text.length() && text.charAt(i) == '\n') {
                continue;
            }
            append(point, visible);
        }
        return visible.toString();
    }

    private static void append(int point, StringBuilder visible) {
        if (point == '\n' || point == '\t' || !Letters.isHidden(point)) {
            visible.appendCodePoint(point);
        } else if (Letters.isOrder(point)) {
            visible.append('⟨')
                    .append(point < ' ' ? CONTROLS.get(point) : "DEL")
                    .append('⟩');
        } else {
            visible.append("⟨U+%04X⟩".formatted(point));
        }
    }
}
