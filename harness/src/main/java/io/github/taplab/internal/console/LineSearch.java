package io.github.taplab.internal.console;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for a line in a console's log while that is written. */
final class LineSearch {

    private static final int SHOWN = 30;
    // A prompt is a line that does not end. What has not gone on for this long is one.
    private static final Duration QUIET = Duration.ofMillis(400);
    // What is there already is read to its end, even if that takes longer than the deadline. But a guest that writes
    // faster than is read has no end.
    private static final Duration READING = Duration.ofSeconds(20);

    private final String guest;
    private final Pattern wanted;
    private final Duration quiet;
    private final Duration reading;
    private final TerminalLines lines = new TerminalLines();
    private final Deque<String> last = new ArrayDeque<>();

    LineSearch(String guest, Pattern wanted) {
        this(guest, wanted, QUIET, READING);
    }

    /**
     * The search for one line.
     *
     * @param quiet how long a line must not have gone on that is found without its end
     * @param reading how long after the deadline is read what has come before it
     */
    LineSearch(String guest, Pattern wanted, Duration quiet, Duration reading) {
        this.guest = guest;
        this.wanted = wanted;
        this.quiet = quiet;
        this.reading = reading;
    }

    /**
     * Waits for the line.
     *
     * @param log all that the guest has written and writes
     */
    String in(Incoming log, Duration deadline) {
        Deadline end = Deadline.in(deadline);
        Deadline last = Deadline.in(deadline.plus(reading));
        while (true) {
            Optional<String> piece = next(log, end.shorter(quiet));
            Optional<String> found = piece.isPresent() ? finished(piece.get()) : unfinished();
            if (found.isPresent()) {
                return found.get();
            }
            if ((piece.isEmpty() && end.hasPassed()) || last.hasPassed()) {
                throw new DeadlineExceededException(
                        "%s: not within %d ms, last seen: %s".formatted(searched(), deadline.toMillis(), lastLines()));
            }
        }
    }

    private Optional<String> next(Incoming log, Duration longest) {
        try {
            return log.next(longest);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "%s: can't come any more: %s%n%s".formatted(searched(), e.getMessage(), lastLines()), e);
        }
    }

    private Optional<String> finished(String piece) {
        for (String line : ShellFrame.without(lines.add(piece))) {
            if (wanted.matcher(line).find()) {
                return Optional.of(line);
            }
            last.add(line);
            if (last.size() > SHOWN) {
                last.remove();
            }
        }
        return Optional.empty();
    }

    private Optional<String> unfinished() {
        return Optional.of(lines.unfinished())
                .filter(line -> !line.isEmpty() && wanted.matcher(line).find());
    }

    private String searched() {
        return "the console of %s has a line with /%s/".formatted(guest, wanted);
    }

    private String lastLines() {
        return "console of %s:%n%s".formatted(guest, TerminalLines.shown(last, lines.unfinished()));
    }
}
