package io.github.taplab.internal.fault;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A shell that runs nothing: it remembers each command line and gives the answer that a test has for it. */
final class RecordingShell implements Shell {

    static final CommandAnswer SUCCESS = new CommandAnswer(0, "", "");

    /** How a command ends. */
    record CommandAnswer(int exitCode, String stdout, String stderr) {}

    private final Function<String, CommandAnswer> answers;
    private final List<String> lines = new ArrayList<>();

    RecordingShell(Function<String, CommandAnswer> answers) {
        this.answers = answers;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        String line = String.join(" ", argv);
        lines.add(line);
        CommandAnswer answer = answers.apply(line);
        return new CommandResult(
                "launcher", List.of(argv), answer.exitCode(), answer.stdout(), answer.stderr(), Duration.ZERO);
    }
}
