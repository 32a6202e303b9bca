package io.github.taplab.internal.cli;

import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The jar's command in a JVM of its own, as a user starts it. */
public final class Command {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Command() {}

    /** How it ended, and what it wrote. */
    public record Ended(int code, String out, String err, Duration took) {}

    /**
     * Runs it to its end.
     *
     * @param environment beyond this JVM's own
     * @param options of the JVM, such as {@code -Dtaplab.cache=/tmp/x}
     */
    public static Ended run(Map<String, String> environment, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        // A test's class path has a binding of the log, which is no part of the command's.
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return ended(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ended ended(Process process) {
        long start = System.nanoTime();
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        try {
            Waiting.joined("the command ends", LONGEST, process.onExit());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Ended(
                    process.exitValue(),
                    Waiting.joined("all of its output is read", LONGEST, out),
                    Waiting.joined("all that it complained of is read", LONGEST, err),
                    took.truncatedTo(TimeUnit.MILLISECONDS.toChronoUnit()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                work -> new Thread(work, "command-output").start());
    }
}
