package io.github.taplab.internal.console;

import io.github.taplab.internal.text.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is written to a terminal, as lines of plain text: without what moves a cursor, sets a colour or rings. */
final class TerminalLines {

    // ECMA-48: control sequences, control strings, and the shorter escapes; a string may end with BEL as in xterm.
    private static final Pattern ESCAPES = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]"
            + "|][^\u0007\u001b]*(?:\u0007|\u001b\\\\)"
            + "|[PX^_][^\u001b]*\u001b\\\\"
            + "|[ -/]*[0-OQ-WYZ\\\\`-~])");
    private static final Pattern CONTROLS = Pattern.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f]");
    // A progress bar goes back to the start of its line; each state of it is a line of its own here.
    private static final Pattern CARRIAGE_RETURNS = Pattern.compile("\r+");

    // A guest need not end its lines. One that is longer becomes several.
    private static final int LONGEST = 1 << 20;

    // For people, in a message.
    private static final int SHOWN = 500;

    private final StringBuilder unfinished = new StringBuilder();

    /** All lines of a text; the last one need not be finished. */
    static List<String> of(String text) {
        TerminalLines lines = new TerminalLines();
        List<String> all = new ArrayList<>(lines.add(text));
        if (!lines.unfinished().isEmpty()) {
            all.add(lines.unfinished());
        }
        return all;
    }

    /** The lines that a further piece of text finishes. */
    List<String> add(String piece) {
        List<String> finished = new ArrayList<>();
        int start = 0;
        for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
            unfinished.append(piece, start, end);
            finished.addAll(plain(unfinished.toString()));
            unfinished.setLength(0);
            start = end + 1;
        }
        unfinished.append(piece, start, piece.length());
        while (unfinished.length() > LONGEST) {
            finished.addAll(plain(unfinished.substring(0, LONGEST)));
            unfinished.delete(0, LONGEST);
        }
        return finished;
    }

    /** What has come since the last line ended: a prompt, for example. */
    String unfinished() {
        List<String> lines = plain(unfinished.toString());
        return lines.get(lines.size() - 1);
    }

    /** The last lines, for a message: of each that is very long its beginning. */
    static String shown(Collection<String> finished, String unfinished) {
        return Stream.concat(finished.stream(), Stream.of(unfinished))
                .map(line -> line.length() <= SHOWN ? line : line.substring(0, SHOWN) + " ...")
                .map(Visible::of)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static List<String> plain(String raw) {
        String text = ESCAPES.matcher(raw).replaceAll("");
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == '\r') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return List.of(CARRIAGE_RETURNS.split(text.substring(start, end), -1)).stream()
                .map(line -> CONTROLS.matcher(line).replaceAll(""))
                .toList();
    }
}
