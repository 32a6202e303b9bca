package io.github.taplab.internal.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** A console that begins to write as soon as something is typed on it, and never stops. */
final class LyingConsole implements AutoCloseable {

    private final Pipe typed = open();
    private final Pipe shown = open();

    /**
     * A console.
     *
     * @param text what it writes, one after the other
     */
    LyingConsole(IntFunction<String> text) {
        Thread guest = new Thread(() -> write(text), "lying-console");
        guest.setDaemon(true);
        guest.start();
    }

    private static Pipe open() {
        try {
            return Pipe.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(IntFunction<String> text) {
        try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(typed.source()), StandardCharsets.UTF_8));
                OutputStream out = Channels.newOutputStream(shown.sink())) {
            String unused = in.readLine();
            for (int number = 0; true; number++) {
                out.write(text.apply(number).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** A line that leads to it. */
    SerialLine line() {
        return new SerialLine(
                "guest",
                () -> new Wire(
                        Channels.newInputStream(shown.source()),
                        Channels.newOutputStream(typed.sink()),
                        () -> "",
                        this::close));
    }

    @Override
    public void close() {
        try {
            typed.sink().close();
            shown.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
