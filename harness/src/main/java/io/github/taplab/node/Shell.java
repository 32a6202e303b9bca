package io.github.taplab.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A place where commands run. The way there is never the network under test. */
@API(status = Status.STABLE, since = "0.1.0")
public interface Shell {

    /** How long a command may take where nothing else is said. */
    Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /**
     * Runs a command and expects it to succeed. The arguments are passed as they are; no shell reads them.
     *
     * @throws CommandFailedException if it exits with another code than 0
     * @throws DeadlineExceededException if it runs longer than {@link #DEFAULT_DEADLINE}; it is then killed
     * @throws IllegalStateException if the node is gone, is off or stands still, or gives no answer
     */
    default CommandResult run(String... argv) {
        return tryRun(argv).orThrow();
    }

    /**
     * Runs a command, whatever its exit code.
     *
     * @throws DeadlineExceededException if it runs longer than {@link #DEFAULT_DEADLINE}; it is then killed
     * @throws IllegalStateException if the node is gone, is off or stands still, or gives no answer
     */
    default CommandResult tryRun(String... argv) {
        return tryRun(DEFAULT_DEADLINE, argv);
    }

    /**
     * Runs a command, whatever its exit code, for at most the given time.
     *
     * @throws DeadlineExceededException if it runs longer; it is then killed
     * @throws IllegalStateException if the node is gone, is off or stands still, or gives no answer
     */
    CommandResult tryRun(Duration deadline, String... argv);

    /**
     * Runs a line of {@code /bin/sh} and expects it to succeed: for pipes and redirections. Values from outside belong
     * into {@link #run}, where nothing is quoted or expanded.
     *
     * @throws CommandFailedException if it exits with another code than 0
     */
    default CommandResult sh(String line) {
        return run("/bin/sh", "-c", line);
    }
}
