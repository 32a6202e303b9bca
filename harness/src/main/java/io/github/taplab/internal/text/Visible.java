package io.github.taplab.internal.text;

import java.util.Locale;

/** A text in which everything can be seen, whoever wrote it: terminals, XML and Wireshark can take it as it is. */
public final class Visible {

    private static final String CUT = "…";
    private static final int FIRST_CONTROL_PICTURE = 0x2400;

    private Visible() {}

    /**
     * The text on one line. Of a control character its picture is shown, such as {@code ␛}; of what is invisible
     * otherwise, turns the line around, or is no character at all, its number.
     */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> append(shown, letter));
        return shown.toString();
    }

    /** The same on as many lines as it has, with its tabs: for messages, which end on a terminal. */
    public static String lines(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(letter -> {
            if (letter == '\n' || letter == '\t') {
                shown.appendCodePoint(letter);
            } else {
                append(shown, letter);
            }
        });
        return shown.toString();
    }

    /** The beginning of a text, with a sign that it goes on, in so many characters at most. */
    public static String beginning(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - CUT.length()))) + CUT;
    }

    private static void append(StringBuilder shown, int letter) {
        if (!Letters.isHidden(letter)) {
            shown.appendCodePoint(letter);
        } else if (Letters.isOrder(letter)) {
            shown.append(letter < ' ' ? Character.toString(FIRST_CONTROL_PICTURE + letter) : "␡");
        } else {
            shown.append(String.format(Locale.ROOT, "\\u%04x", letter));
        }
    }
}
