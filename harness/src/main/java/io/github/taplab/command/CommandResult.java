package io.github.taplab.command;

import io.github.taplab.internal.text.Visible;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a command on a node left behind.
 *
 * @param node name of the node
 * @param argv the command and its arguments
 * @param exitCode 0 for success by convention; 128 + n where signal n ended it
 * @param stdout standard output, decoded as UTF-8
 * @param stderr standard error, decoded as UTF-8
 * @param took from the request to the last byte of output
 */
@API(status = Status.STABLE, since = "0.1.0")
public record CommandResult(String node, List<String> argv, int exitCode, String stdout, String stderr, Duration took) {

    public CommandResult {
        argv = List.copyOf(argv);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Standard output without white space at its ends. */
    public String text() {
        return stdout.strip();
    }

    /**
     * This result, if the command exited with 0.
     *
     * @throws CommandFailedException otherwise
     */
    public CommandResult orThrow() {
        if (!succeeded()) {
            throw new CommandFailedException(this);
        }
        return this;
    }

    /** The command, how it ended, and all that it said; for messages. */
    public String describe() {
        return "%s: %s%nexit code %d after %d ms%nstdout: %s%nstderr: %s"
                .formatted(
                        node,
                        Visible.lines(String.join(" ", argv)),
                        exitCode,
                        took.toMillis(),
                        shown(stdout),
                        shown(stderr));
    }

    private static String shown(String output) {
        return output.isBlank() ? "(empty)" : Visible.lines(output).strip();
    }
}
