package io.github.taplab.internal.docker;

import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * What one process writes is read by another one, in another container. So it takes the way that commands take, and not
 * the lab's network. There is no brake: it is for some MiB at most.
 */
public final class StreamCopy implements AutoCloseable {

    private final String what;
    private final ByteStream from;
    private final ByteStream to;
    private final Beside<Long> copy;

    private StreamCopy(String what, ByteStream from, ByteStream to) {
        this.what = what;
        this.from = from;
        this.to = to;
        copy = Beside.begin("taplab-copy: " + what, this::copy);
    }

    /**
     * Begins to copy; both processes end with this.
     *
     * @param what is copied, in words
     */
    public static StreamCopy of(String what, ByteStream from, ByteStream to) {
        return new StreamCopy(what, from, to);
    }

    private long copy() {
        long copied;
        try (InputStream in = from.fromProcess()) {
            try (OutputStream out = to.toProcess()) {
                copied = in.transferTo(out);
            }
            awaitEnd(to);
        } catch (IOException e) {
            throw new UncheckedIOException("%s is broken off%s".formatted(what, complaints()), e);
        }
        return copied;
    }

    // What it has read is where it belongs once it has ended.
    private static void awaitEnd(ByteStream reader) throws IOException {
        try (InputStream end = reader.fromProcess()) {
            end.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Waits until both processes have ended.
     *
     * @return how many bytes it was
     */
    public long await(Duration deadline) {
        return Waiting.joined(() -> "%s is over%s".formatted(what, complaints()), deadline, copy.result());
    }

    private String complaints() {
        String words = (from.stderr() + to.stderr()).strip();
        return words.isEmpty() ? "" : " (%s)".formatted(words);
    }

    /** Breaks it off. */
    @Override
    public void close() {
        try (from;
                to) {
            copy.close();
        }
    }
}
