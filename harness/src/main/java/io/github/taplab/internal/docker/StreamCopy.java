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
 * the lab's network. The one that writes is told how much has been taken: a byte for each 64 KiB.
 */
public final class StreamCopy implements AutoCloseable {

    /** How many bytes are taken for each that tells of it. */
    public static final int PIECE = 1 << 16;

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
        long copied = 0;
        try (InputStream in = from.fromProcess();
                OutputStream taken = from.toProcess()) {
            try (OutputStream out = to.toProcess()) {
                byte[] piece = new byte[PIECE];
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    out.write(piece, 0, length);
                    tell(taken, (int) ((copied + length) / PIECE - copied / PIECE));
                    copied += length;
                }
            }
            awaitEnd(to);
        } catch (IOException e) {
            throw new UncheckedIOException("%s is broken off%s".formatted(what, complaints()), e);
        }
        return copied;
    }

    private static void tell(OutputStream writer, int pieces) {
        try {
            writer.write(new byte[pieces]);
        } catch (IOException ended) {
            // It has written all that it had; what is on its way comes all the same.
        }
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
