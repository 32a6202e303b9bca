package io.github.taplab.internal.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A console behind which a test sits: what is typed on it is answered by a function. */
final class ScriptedConsole implements AutoCloseable {

    private static final Pattern TAKE_OVER = Pattern.compile("@taplab.*\" ([0-9a-f]{8}) .*");
    private static final Pattern MISSING = Pattern.compile("session=([0-9a-f]{8});.*");

    private final Pipe typed = open();
    private final Pipe shown = open();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** What sits there: it reads what is typed, and writes what is shown. */
    private interface Sitter {
        void sit(BufferedReader in, OutputStream out) throws IOException;
    }

    private ScriptedConsole() {}

    /**
     * A console.
     *
     * @param answers what it says to a line that was typed; the Enter key alone is an empty one
     */
    ScriptedConsole(Function<String, String> answers) {
        begin((in, out) -> {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                say(out, answers.apply(line));
            }
        });
    }

    /**
     * One that begins to write as soon as something is typed on it, and never stops.
     *
     * @param text what it writes, one after the other
     */
    static ScriptedConsole endless(IntFunction<String> text) {
        ScriptedConsole console = new ScriptedConsole();
        console.begin((in, out) -> {
            String unused = in.readLine();
            for (int number = 0; true; number++) {
                say(out, text.apply(number));
            }
        });
        return console;
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void begin(Sitter sitter) {
        Thread guest = new Thread(() -> run(sitter), "scripted-console");
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

    private void run(Sitter sitter) {
        try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(typed.source()), StandardCharsets.UTF_8));
                OutputStream out = Channels.newOutputStream(shown.sink())) {
            sitter.sit(in, out);
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

    /** All that was typed so far. */
    List<String> lines() {
        return lines;
    }

    /** What a shell says that is taken over and lacks these programs. */
    static String shellWithout(String programs, String line) {
        Matcher takeOver = TAKE_OVER.matcher(line);
        if (takeOver.find()) {
            return line + "\r\n@taplab:%s:0:ready:\r\n".formatted(takeOver.group(1));
        }
        Matcher missing = MISSING.matcher(line);
        return missing.matches() ? "@taplab:%s:0:missing: %s\r\n".formatted(missing.group(1), programs) : "# ";
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
