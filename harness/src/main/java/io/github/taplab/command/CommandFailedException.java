package io.github.taplab.command;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A command on a node that exited with another code than 0, or from whose words nothing can be concluded; the message
 * has all that it said.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CommandResult result;

    public CommandFailedException(CommandResult result) {
        this("Command failed on", result);
    }

    private CommandFailedException(String what, CommandResult result) {
        super(what + " " + result.describe());
        this.result = result;
    }

    /** A tool that was asked about the network, and could not run or said what is not understood. */
    public static CommandFailedException withoutVerdict(CommandResult result) {
        return new CommandFailedException(
                "Nothing is known of the network: %s could not run, or said what is not understood, on"
                        .formatted(result.argv().get(0)),
                result);
    }

    public CommandResult result() {
        return result;
    }
}
