package io.github.taplab.node;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The serial console of a guest: all that it has written since its machine was switched on, and a keyboard. It needs
 * neither a network nor an agent, and is there before the guest's system is. Text has no terminal controls and no
 * carriage returns; what a progress bar has overwritten is a line of its own. While keys are typed, or commands go over
 * the console, much output on a busy machine may show a character twice.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Console {

    /** How long a line may take to come where nothing else is said. */
    Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /** All that has been written so far; of more than 4 MiB the last ones, after a note on what is missing. */
    String text();

    /**
     * The last lines that have been written so far.
     *
     * @param lines how many at most
     */
    String tail(int lines);

    /**
     * Waits for a line, for at most {@link #DEFAULT_DEADLINE}.
     *
     * @param regex see {@link #awaitLine(String, Duration)}
     * @return the line
     */
    default String awaitLine(String regex) {
        return awaitLine(regex, DEFAULT_DEADLINE);
    }

    /**
     * Waits for a line. What has been written before counts too, since the machine was switched on. A prompt, which is
     * a line that does not end, is found when it has been as it is for a moment.
     *
     * @param regex to be found in the line; {@code ^} and {@code $} are its ends
     * @return the first line in which it is found, from the beginning
     * @throws DeadlineExceededException if there is no such line in time; the message has the last lines
     * @throws IllegalStateException if there will be none, since the machine's launcher is gone
     * @throws PatternSyntaxException if that is no regular expression
     */
    String awaitLine(String regex, Duration deadline);

    /**
     * Types on the console.
     *
     * @param keys as they are; a line feed is the Enter key, and <code>&#92;u0003</code> Ctrl-C
     */
    void type(String keys);
}
