package io.github.taplab.node;

/** A command on a node that exited with another code than 0; the message has all that it said. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CommandResult result;

    public CommandFailedException(CommandResult result) {
        super("Command failed on " + result.describe());
        this.result = result;
    }

    public CommandResult result() {
        return result;
    }
}
