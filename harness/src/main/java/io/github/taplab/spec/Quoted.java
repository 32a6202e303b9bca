package io.github.taplab.spec;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A text from outside as messages show it: in quotes, on one line, and not longer than a reader wants. */
@API(status = Status.STABLE, since = "0.1.0")
public final class Quoted {

    private static final int LONGEST = 80;
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9._-]{1,80}");

    // A format character is invisible, or turns the line around; a lone surrogate is no character; no font has the
    // rest.
    private static final Set<Byte> UNSEEN = Set.of(
            Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR);

    private Quoted() {}

    /** The text in quotes; control characters as Java writes them, and of a long text the beginning and the length. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(letter -> append(shown, letter));
        shown.append('"');
        int length = text.codePointCount(0, text.length());
        return length > LONGEST ? "%s… (%d characters)".formatted(shown, length) : shown.toString();
    }

    /** Names in brackets; those that are none in quotes. */
    public static String names(Collection<String> names) {
        return names.stream()
                .map(name -> PLAIN.matcher(name).matches() ? name : of(name))
                .toList()
                .toString();
    }

    private static void append(StringBuilder shown, int letter) {
        switch (letter) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (UNSEEN.contains((byte) Character.getType(letter))) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", letter));
                } else {
                    shown.appendCodePoint(letter);
                }
            }
        }
    }
}
