package io.github.taplab.labtests;

import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A command with a terminal of its own, as it has one who pastes it there. */
final class TerminalCommand implements AutoCloseable {

    private static final Duration SLOWEST = Duration.ofSeconds(90);

    private final String command;
    private final Process process;
    private final StringBuilder output = new StringBuilder();
    private final CompletableFuture<Void> reading;

    private TerminalCommand(String command, Process process) {
        this.command = command;
        this.process = process;
        reading = CompletableFuture.runAsync(this::read, work -> new Thread(work, "terminal-output").start());
    }

    static TerminalCommand paste(String command) {
        try {
            return new TerminalCommand(
                    command,
                    new ProcessBuilder("script", "--quiet", "--flush", "--command", command, "/dev/null")
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void type(String keys) {
        OutputStream keyboard = process.getOutputStream();
        try {
            keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has shown this, and returns all that it has shown. */
    String awaitOutput(String words) {
        return Waiting.until(
                "\"%s\" is shown by: %s".formatted(words, command),
                SLOWEST,
                this::output,
                shown -> shown.contains(words));
    }

    /** Waits until it has ended. */
    String awaitEnd() {
        Waiting.forEvent("the end of: " + command, SLOWEST, reading, this::output);
        return output();
    }

    private String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    private void add(String text) {
        synchronized (output) {
            output.append(text);
        }
    }

    private void read() {
        try (Reader reader = process.inputReader(StandardCharsets.UTF_8)) {
            char[] buffer = new char[4096];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                add(new String(buffer, 0, count));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }
}
