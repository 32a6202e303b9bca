package io.github.taplab.assertions;

import io.github.taplab.command.CommandResult;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on what a command left behind. */
@API(status = Status.STABLE, since = "0.1.0")
public class CommandResultAssert extends LabAssert<CommandResultAssert, CommandResult> {

    // What shells, and Docker, say of a program that can't be executed, or is not there.
    private static final int CANNOT_EXECUTE = 126;
    private static final int NOT_FOUND = 127;

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public CommandResultAssert(@Nullable CommandResult actual) {
        super(actual, CommandResultAssert.class, "what a command left behind");
    }

    /** It exited with 0. */
    public CommandResultAssert succeeded() {
        return hasExitCode(0);
    }

    /**
     * It ran, and exited with another code than 0. With 126 and 127 it did not run: that the program can't be executed,
     * or is not there, is no failure of its own. Expect those with {@link #hasExitCode}.
     */
    public CommandResultAssert failed() {
        return check(
                result -> !result.succeeded() && ran(result),
                "a command that ran, and another exit code than 0",
                CommandResultAssert::ending);
    }

    /** It exited with this code. */
    public CommandResultAssert hasExitCode(int expected) {
        return check(result -> result.exitCode() == expected, "exit code " + expected, CommandResultAssert::ending);
    }

    /** Its standard output, without white space at the ends, is this text. */
    public CommandResultAssert printed(String expected) {
        return check(
                result -> result.text().equals(expected),
                "standard output \"%s\"".formatted(expected),
                CommandResult::text);
    }

    /** One line of its standard output, without white space at the ends, is this text. */
    public CommandResultAssert printedLine(String expected) {
        return check(
                result -> hasLine(result, expected),
                "a line \"%s\" of standard output".formatted(expected),
                CommandResultAssert::output);
    }

    /** It succeeded, and no line of its standard output, without white space at the ends, is this text. */
    public CommandResultAssert didNotPrintLine(String unwanted) {
        return check(
                result -> result.succeeded() && !hasLine(result, unwanted),
                "success, and no line \"%s\" of standard output".formatted(unwanted),
                result -> ending(result) + ", " + output(result));
    }

    /** It succeeded, and its standard output has white space at most. */
    public CommandResultAssert printedNothing() {
        return check(
                result -> result.succeeded() && result.text().isEmpty(),
                "success, and no standard output",
                result -> ending(result) + ", " + output(result));
    }

    private static boolean ran(CommandResult result) {
        return result.exitCode() != CANNOT_EXECUTE && result.exitCode() != NOT_FOUND;
    }

    private static boolean hasLine(CommandResult result, String line) {
        return result.stdout().lines().map(String::strip).anyMatch(line::equals);
    }

    private static String ending(CommandResult result) {
        return "exit code " + result.exitCode() + (ran(result) ? "" : ", it did not run");
    }

    private static String output(CommandResult result) {
        return result.text().isEmpty() ? "no standard output" : "standard output \"%s\"".formatted(result.text());
    }

    @Override
    String subject() {
        return "Command on %s: %s".formatted(actual.node(), String.join(" ", actual.argv()));
    }

    @Override
    String lookAt() {
        return actual.describe();
    }
}
