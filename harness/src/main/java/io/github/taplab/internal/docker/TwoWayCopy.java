package io.github.taplab.internal.docker;

import io.github.taplab.internal.wait.Beside;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two processes in two containers hear what the other one says, by the way that commands take, and not over the lab's
 * network. One begins, and the other one is started with its first words. The one that begins may say a lot, and is
 * told how much has been taken: on its input are a byte 0 for each 64 KiB, and a byte N with N bytes of an answer.
 */
public final class TwoWayCopy implements AutoCloseable {

    /** How many bytes are taken for each that tells of it. */
    public static final int PIECE = 1 << 16;

    private static final int LONGEST_ANSWER = 255;

    private final String what;
    private final ByteStream begins;
    private final Supplier<ByteStream> starter;
    private final Beside<Long> copy;
    private @Nullable ByteStream answers;
    private boolean closed;

    private TwoWayCopy(String what, ByteStream begins, Supplier<ByteStream> starter) {
        this.what = what;
        this.begins = begins;
        this.starter = starter;
        copy = Beside.begin("taplab-copy: " + what, this::copy);
    }

    /**
     * Begins to copy; both processes end with this, and each with the other one.
     *
     * @param what they talk about, for threads
     * @param starter starts the one that answers, if anything comes
     */
    public static TwoWayCopy of(String what, ByteStream begins, Supplier<ByteStream> starter) {
        return new TwoWayCopy(what, begins, starter);
    }

    private long copy() {
        long copied = 0;
        try (InputStream in = begins.fromProcess();
                OutputStream told = begins.toProcess()) {
            byte[] piece = new byte[PIECE];
            int length = in.read(piece);
            if (length < 0) {
                return 0;
            }
            ByteStream other = other();
            Beside<Long> unused = Beside.begin("taplab-answers: " + what, () -> answer(other, told));
            try (OutputStream out = other.toProcess()) {
                for (; length >= 0; length = in.read(piece)) {
                    out.write(piece, 0, length);
                    tell(told, new byte[(int) ((copied + length) / PIECE - copied / PIECE)]);
                    copied += length;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copied;
    }

    private static long answer(ByteStream other, OutputStream told) {
        long copied = 0;
        byte[] answer = new byte[1 + LONGEST_ANSWER];
        try (told;
                InputStream in = other.fromProcess()) {
            for (int length = in.read(answer, 1, LONGEST_ANSWER);
                    length >= 0;
                    length = in.read(answer, 1, LONGEST_ANSWER)) {
                answer[0] = (byte) length;
                tell(told, Arrays.copyOf(answer, 1 + length));
                copied += length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copied;
    }

    // Two threads do it, and each word must be whole.
    private static void tell(OutputStream told, byte[] words) {
        synchronized (told) {
            try {
                told.write(words);
            } catch (IOException ended) {
                // It has said all that it had; what is on its way comes all the same.
            }
        }
    }

    private synchronized ByteStream other() {
        if (closed) {
            throw new IllegalStateException(what + " is broken off before anything came");
        }
        answers = starter.get();
        return answers;
    }

    /** Breaks it off. */
    @Override
    public void close() {
        ByteStream other = noMore();
        try (begins;
                other) {
            copy.close();
        }
    }

    private synchronized @Nullable ByteStream noMore() {
        closed = true;
        return answers;
    }
}
