package io.github.taplab.internal.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A process whose standard streams are real pipes: they fill up, and an interrupt closes them. */
final class FakeProcess implements AutoCloseable {

    private final Pipe toIt = pipe();
    private final Pipe fromIt = pipe();
    private final OutputStream out = Channels.newOutputStream(fromIt.sink());
    // In ISO 8859-1 each byte is a character.
    private final BufferedReader in = new BufferedReader(
            new InputStreamReader(Channels.newInputStream(toIt.source()), StandardCharsets.ISO_8859_1));
    private volatile String stderr = "";

    private static Pipe pipe() {
        try {
            return Pipe.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Link link() {
        return new Link(
                Channels.newInputStream(fromIt.source()),
                Channels.newOutputStream(toIt.sink()),
                () -> stderr,
                this::end);
    }

    void says(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line, or null when there will be none. */
    @Nullable
    String hears() {
        try {
            return in.readLine();
        } catch (IOException closed) {
            return null;
        }
    }

    /** Closes its output, having said this on standard error. */
    void ends(String words) {
        stderr = words;
        end();
    }

    private void end() {
        try {
            fromIt.sink().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            end();
            toIt.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
