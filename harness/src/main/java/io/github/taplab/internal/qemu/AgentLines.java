package io.github.taplab.internal.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says, line by line. It is read by a thread of its own, also where nobody has asked: so who is no agent
 * could fill the memory, with one line or with many.
 */
final class AgentLines {

    /** How many characters are kept: a command may have written 16 MiB to each of two streams, in base64. */
    static final int MOST = 48 << 20;

    private static final int AT_ONCE = 8192;
    // An empty one takes some memory too.
    private static final int EACH = 64;

    private final Deque<String> lines = new ArrayDeque<>();
    private long kept;
    private int unfinished;
    private @Nullable String end;

    private AgentLines() {}

    /** Nothing will come any more. The message is empty where the stream has come to its end. */
    static final class EndedException extends IOException {

        private static final long serialVersionUID = 1L;

        EndedException(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** Reads a stream until it ends, or too much has come, and closes it. */
    static AgentLines read(String thread, InputStream from) {
        AgentLines lines = new AgentLines();
        Thread reader = new Thread(() -> lines.readAll(from), thread);
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private void readAll(InputStream from) {
        String why = "";
        try (Reader in = new InputStreamReader(from, StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            char[] some = new char[AT_ONCE];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                line = take(some, read, line);
                if (!hasRoomFor(line)) {
                    why = "it said more than %d MiB that are no answer".formatted(MOST >> 20);
                    break;
                }
            }
        } catch (IOException broken) {
            // The same as an end.
        }
        end(why);
    }

    /** Adds the lines that end there; what comes after the last end is the beginning of another one. */
    private StringBuilder take(char[] some, int read, StringBuilder begun) {
        StringBuilder line = begun;
        for (int i = 0; i < read; i++) {
            if (some[i] != '\n') {
                line.append(some[i]);
            } else {
                add(line.toString());
                line = new StringBuilder();
            }
        }
        return line;
    }

    private synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        lines.add(line);
        kept += line.length() + EACH;
        notifyAll();
    }

    private synchronized boolean hasRoomFor(StringBuilder line) {
        unfinished = line.length();
        return kept + line.length() <= MOST;
    }

    private synchronized void end(String why) {
        end = why;
        notifyAll();
    }

    /** How many characters have come of a line whose end has not. */
    synchronized int unfinished() {
        return unfinished;
    }

    /**
     * The next line.
     *
     * @return empty if none came in time
     * @throws EndedException if there will be none any more
     */
    synchronized Optional<String> next(Duration longest) throws InterruptedException, EndedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (lines.isEmpty()) {
            if (end != null) {
                throw new EndedException(end);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        String line = lines.remove();
        kept -= line.length() + EACH;
        return Optional.of(line);
    }
}
