package io.github.taplab.internal.console;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A program on a terminal of this machine, which stands for a guest's console. */
final class Pty implements AutoCloseable {

    private final Process process;

    /** Runs a line of shell on a terminal of its own. */
    Pty(String line) {
        try {
            // A run in a shell's background ignores SIGINT, and so would all that it starts.
            process = new ProcessBuilder("env", "--default-signal", "script", "-q", "-f", "-c", line, "/dev/null")
                    .start();
        } catch (IOException e) {
            abort("no script(1), which makes terminals: " + e.getMessage());
            throw new UncheckedIOException(e);
        }
    }

    SerialLine line() {
        return line(text -> text);
    }

    /**
     * The line that leads to it.
     *
     * @param disturbance what becomes of each piece of text that comes from there
     */
    SerialLine line(UnaryOperator<String> disturbance) {
        return new SerialLine(
                "guest",
                () -> new Wire(
                        new Disturbed(process.getInputStream(), disturbance),
                        process.getOutputStream(),
                        () -> "the program has ended",
                        this::close));
    }

    /** Ends the input, which ends a shell, and what is then still there. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static final class Disturbed extends FilterInputStream {

        private final UnaryOperator<String> disturbance;
        private byte[] rest = new byte[0];
        private int position;

        Disturbed(InputStream in, UnaryOperator<String> disturbance) {
            super(in);
            this.disturbance = disturbance;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            while (position == rest.length) {
                byte[] piece = new byte[4096];
                int count = super.read(piece, 0, piece.length);
                if (count < 0) {
                    return count;
                }
                rest = disturbance
                        .apply(new String(piece, 0, count, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1);
                position = 0;
            }
            int count = Math.min(length, rest.length - position);
            System.arraycopy(rest, position, buffer, offset, count);
            position += count;
            return count;
        }
    }
}
