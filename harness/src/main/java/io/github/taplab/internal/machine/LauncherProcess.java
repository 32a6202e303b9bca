package io.github.taplab.internal.machine;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.LeasedContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of a launcher, seen and ended from outside when it does not answer. */
public final class LauncherProcess {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LINES = 15;
    // proc(5): the state is a letter, and a word in brackets.
    private static final Pattern STATE = Pattern.compile("(\\d+) State:\\s+(\\S) \\((.*)\\)");
    private static final String KILL = "pid=$(cat \"$1\") && kill -KILL \"$pid\"";
    private static final String LOOK_AT =
            "pid=$(cat \"$1\") || exit 0; echo \"$pid $(grep State: /proc/$pid/status 2>/dev/null)\"";
    // A console's lines end with a carriage return, and may move the cursor.
    private static final String TAIL = "tail -c 20000 \"$1\" | tail -n \"$2\" | tr -d '\\000-\\010\\013-\\037'";

    private final String node;
    private final LeasedContainer launcher;
    private final String pidFile;

    /**
     * A process that may have ended.
     *
     * @param node name of the launcher
     * @param pidFile where it has written its process id
     */
    public LauncherProcess(String node, LeasedContainer launcher, String pidFile) {
        this.node = node;
        this.launcher = launcher;
        this.pidFile = pidFile;
    }

    public String node() {
        return node;
    }

    /** What it is at present: "stopped (T), process 12". */
    public String state() {
        return look(() -> state(shell(LOOK_AT, pidFile)), "not to be seen: ");
    }

    static String state(String seen) {
        Matcher state = STATE.matcher(seen);
        if (state.matches()) {
            return "%s (%s), process %s".formatted(state.group(3), state.group(2), state.group(1));
        }
        return seen.isBlank() ? "gone" : "gone, process " + seen.strip();
    }

    /** The last lines of a file of the launcher. */
    public String lastLines(String file) {
        String lines = look(() -> shell(TAIL, file, Integer.toString(LINES)), "can't be read: ");
        return lines.isBlank()
                ? "%s on %s is empty".formatted(file, node)
                : "the last lines of %s on %s:%n%s".formatted(file, node, lines);
    }

    /** Ends it at once. One that has ended already is no error. */
    public void kill() {
        shell(KILL, pidFile);
    }

    /** Removes a file that it has left. */
    public void remove(String file) {
        launcher.exec(node, LOOK, List.of("rm", "-f", file)).orThrow();
    }

    private String shell(String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return launcher.exec(node, LOOK, argv).stdout().stripTrailing();
    }

    // It is asked for a message, which is worth having without this too.
    private static String look(Supplier<String> question, String otherwise) {
        try {
            return question.get();
        } catch (IllegalStateException | DeadlineExceededException e) {
            return otherwise + e.getMessage();
        }
    }
}
