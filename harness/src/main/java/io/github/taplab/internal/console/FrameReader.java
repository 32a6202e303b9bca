package io.github.taplab.internal.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The frames of one session among all that comes from a console. */
final class FrameReader implements AutoCloseable {

    private static final int SHOWN = 20;

    private final SerialLine line;
    private final String session;
    private final Incoming incoming;
    private final TerminalLines lines = new TerminalLines();
    private final Deque<ShellFrame> frames = new ArrayDeque<>();
    private final Deque<String> last = new ArrayDeque<>();

    FrameReader(SerialLine line, String session) {
        this.line = line;
        this.session = session;
        incoming = line.listen();
    }

    /**
     * Waits for a frame.
     *
     * @return empty if none came in time
     */
    Optional<ShellFrame> next(Duration longest) {
        Deadline end = Deadline.in(longest);
        while (frames.isEmpty()) {
            Optional<String> piece = incoming.next(end.shorter(longest));
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            add(piece.get());
            // A guest may write without end, and no frame.
            if (frames.isEmpty() && end.hasPassed()) {
                return Optional.empty();
            }
        }
        return Optional.of(frames.remove());
    }

    /** Waits for one frame, and passes over all others. */
    Optional<ShellFrame> await(int tag, String kind, Duration longest) {
        Deadline end = Deadline.in(longest);
        Optional<ShellFrame> frame = next(longest);
        // Who never falls silent would always have one more.
        while (frame.isPresent()
                && !end.hasPassed()
                && !(frame.get().tag() == tag && frame.get().kind().equals(kind))) {
            frame = next(end.shorter(longest));
        }
        return frame.filter(one -> one.tag() == tag && one.kind().equals(kind));
    }

    private void add(String piece) {
        List<String> finished = lines.add(piece);
        finished.stream()
                .flatMap(text -> ShellFrame.of(text).stream())
                .filter(frame -> frame.session().equals(session))
                .forEach(frames::add);
        last.addAll(ShellFrame.without(finished));
        while (last.size() > SHOWN) {
            last.remove();
        }
    }

    /** What else came, for messages. */
    String lastLines() {
        return TerminalLines.shown(last, lines.unfinished());
    }

    @Override
    public void close() {
        line.ignore();
    }
}
