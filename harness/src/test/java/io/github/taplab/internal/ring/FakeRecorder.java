package io.github.taplab.internal.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A recorder whose standard streams are real pipes: an interrupt closes them. */
final class FakeRecorder implements Recorder {

    private final Pipe toIt = pipe();
    private final Pipe fromIt = pipe();
    private final OutputStream out = Channels.newOutputStream(fromIt.sink());
    private final BufferedReader in = new BufferedReader(
            new InputStreamReader(Channels.newInputStream(toIt.source()), StandardCharsets.US_ASCII));
    private volatile String lastWords = "";

    private static Pipe pipe() {
        try {
            return Pipe.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputStream answers() {
        return Channels.newInputStream(fromIt.source());
    }

    @Override
    public OutputStream requests() {
        return Channels.newOutputStream(toIt.sink());
    }

    @Override
    public String lastWords() {
        return lastWords;
    }

    @Override
    public void close() {
        try {
            toIt.sink().close();
            fromIt.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next request, or null when there will be none. */
    @Nullable
    String hears() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void says(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It ends, having said this on standard error. */
    void ends(String words) {
        lastWords = words;
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
