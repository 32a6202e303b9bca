package io.github.taplab.internal.report;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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
    private static final int DELETE = 0x7f;

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
        if (point == '\n' || point == '\t') {
            visible.append((char) point);
        } else if (point < ' ') {
            visible.append('⟨').append(CONTROLS.get(point)).append('⟩');
        } else if (point == DELETE) {
            visible.append("⟨DEL⟩");
        } else if (hasNoSign(point)) {
            visible.append("⟨U+%04X⟩".formatted(point));
        } else {
            visible.appendCodePoint(point);
        }
    }

    // Format characters are, among others, the overrides of the writing direction, and what takes no room.
    private static boolean hasNoSign(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The same of bytes that should be UTF-8; one that can't be is shown by its number, such as {@code ⟨FF⟩}. */
    static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder visible = new StringBuilder(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isMalformed()) {
            visible.append(of(out.flip().toString()));
            out.clear();
            for (int i = 0; i < result.length(); i++) {
                visible.append("⟨%02X⟩".formatted(in.get()));
            }
            decoder.reset();
            result = decoder.decode(in, out, true);
        }
        return visible.append(of(out.flip().toString())).toString();
    }
}
