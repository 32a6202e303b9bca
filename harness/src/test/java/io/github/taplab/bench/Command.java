package io.github.taplab.bench;

import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A command of this machine, as a person would type it. */
final class Command {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Command() {}

    /**
     * Runs it.
     *
     * @return what it printed
     * @throws IllegalStateException if it fails, with its words
     */
    static String run(List<String> argv) {
        return Waiting.call(String.join(" ", argv), LONGEST, () -> {
            try {
                Process process =
                        new ProcessBuilder(argv).redirectErrorStream(true).start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("%s: %s".formatted(String.join(" ", argv), output));
                }
                return output;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    static String run(String... argv) {
        return run(List.of(argv));
    }
}
