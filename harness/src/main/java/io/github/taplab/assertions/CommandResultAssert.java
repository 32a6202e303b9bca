package io.github.taplab.assertions;

import io.github.taplab.command.CommandResult;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a command left behind. */
@API(status = Status.STABLE, since = "0.1.0")
public final class CommandResultAssert extends AbstractAssert<CommandResultAssert, CommandResult> {

    CommandResultAssert(CommandResult actual) {
        super(actual, CommandResultAssert.class);
    }

    /** It exited with 0. */
    public CommandResultAssert succeeded() {
        return hasExitCode(0);
    }

    /** It exited with this code. */
    public CommandResultAssert hasExitCode(int expected) {
        return check(actual.exitCode() == expected, "exit code " + expected, "exit code " + actual.exitCode());
    }

    /** Its standard output, without white space at the ends, is this text. */
    public CommandResultAssert printed(String expected) {
        return check(actual.text().equals(expected), "standard output \"%s\"".formatted(expected), actual.text());
    }

    private CommandResultAssert check(boolean holds, String expected, String found) {
        if (!holds) {
            throw failure(
                    "%s",
                    Failure.of("Command on %s: %s".formatted(actual.node(), String.join(" ", actual.argv())))
                            .expected(expected)
                            .found(found)
                            .lookAt(actual.describe()));
        }
        return this;
    }
}
