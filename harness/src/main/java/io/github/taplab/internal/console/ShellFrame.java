package io.github.taplab.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that the guest's side of a {@link ShellSession} writes.
 *
 * @param session which session's
 * @param tag which question it answers
 * @param kind what it is
 * @param value the rest of the line
 */
record ShellFrame(String session, int tag, String kind, String value) {

    // Something else may have written to the console without ending its line.
    private static final Pattern FRAME =
            Pattern.compile("@taplab:(?<session>[0-9a-f]{8}):(?<tag>\\d{1,9}):(?<kind>[a-z]+):(?<value>[^@]*)$");

    // In the log a character may stand twice, see MachineConfig. The first @ of several only: from each of them a
    // search
    // to the last one would take a minute where a guest writes nothing else.
    private static final Pattern LOGGED =
            Pattern.compile("(?<!@)@+t+a+p+l+a+b+:+[0-9a-f]{8,16}:+\\d{1,9}:+[a-z]+:+[^@]*$");

    /** The frame at the end of a line. */
    static Optional<ShellFrame> of(String line) {
        Matcher frame = FRAME.matcher(line);
        return frame.find()
                ? Optional.of(new ShellFrame(
                        frame.group("session"),
                        Integer.parseInt(frame.group("tag")),
                        frame.group("kind"),
                        frame.group("value")))
                : Optional.empty();
    }

    /** Lines for people: the frames are of no use to them, and may be many. */
    static List<String> without(List<String> lines) {
        List<String> rest = new ArrayList<>();
        for (String line : lines) {
            Matcher frame = LOGGED.matcher(line);
            if (!frame.find()) {
                rest.add(line);
            } else if (frame.start() > 0) {
                rest.add(line.substring(0, frame.start()));
            }
        }
        return rest;
    }
}
