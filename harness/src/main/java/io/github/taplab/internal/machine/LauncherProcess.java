package io.github.taplab.internal.machine;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.text.Visible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process of a launcher, or those of one name, seen and ended from outside when it does not answer. */
public final class LauncherProcess {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LINES = 15;
    // proc(5): the state is a letter, and a word in brackets.
    private static final Pattern STATE = Pattern.compile("(\\d+) State:\\s+(\\S) \\((.*)\\)");
    private static final String OF_FILE = "cat \"$1\"";
    private static final String OF_NAME = "grep -lsxF -- \"$1\" /proc/[0-9]*/comm | cut -d / -f 3";
    private static final String KILL = "pids=$(%s) && kill -KILL $pids";
    private static final String LOOK_AT =
            "pids=$(%s) || exit 0; for pid in $pids; do echo \"$pid $(grep State: /proc/$pid/status 2>/dev/null)\"; done";
    // A console's lines end with a carriage return, and may move the cursor.
    private static final String TAIL = "tail -c 20000 \"$1\" | tail -n \"$2\" | tr -d '\\000-\\010\\013-\\037'";
    // Who finds no room ends without a word, since a word takes room: QEMU by SIGBUS, where its memory is a file. One
    // question with that for the lines: a launcher that does not answer is waited for once.
    private static final String FULL = "full";
    private static final String ROOM = "room";
    private static final String ROOM_AND_TAIL =
            "df --output=avail \"$1\" | tail -n 1 | grep -qx ' *0' && echo " + FULL + " || echo " + ROOM + "; " + TAIL;

    private final String node;
    private final LeasedContainer launcher;
    private final String pids;
    private final String key;

    private LauncherProcess(String node, LeasedContainer launcher, String pids, String key) {
        this.node = node;
        this.launcher = launcher;
        this.pids = pids;
        this.key = key;
    }

    /**
     * A process that may have ended.
     *
     * @param node name of the launcher
     * @param pidFile where it has written its process id
     */
    public static LauncherProcess ofFile(String node, LeasedContainer launcher, String pidFile) {
        return new LauncherProcess(node, launcher, OF_FILE, pidFile);
    }

    /**
     * All that are called so. A daemon that starts is two, and has written its process id nowhere.
     *
     * @param node name of the launcher
     * @param name of the processes, as the kernel has it (proc(5): comm)
     */
    public static LauncherProcess ofName(String node, LeasedContainer launcher, String name) {
        return new LauncherProcess(node, launcher, OF_NAME, name);
    }

    public String node() {
        return node;
    }

    /** What it is at present: "stopped (T), process 12". */
    public String state() {
        return look(() -> state(shell(LOOK_AT.formatted(pids), key)), "not to be seen: ");
    }

    static String state(String seen) {
        return seen.isBlank()
                ? "gone"
                : seen.lines().map(LauncherProcess::stateOfOne).collect(Collectors.joining(" and "));
    }

    private static String stateOfOne(String seen) {
        Matcher state = STATE.matcher(seen);
        return state.matches()
                ? "%s (%s), process %s".formatted(state.group(3), state.group(2), state.group(1))
                : "gone, process " + seen.strip();
    }

    /** The last lines of a file of the launcher. */
    public String lastLines(String file) {
        String answer = look(() -> shell(ROOM_AND_TAIL, file, Integer.toString(LINES)), "can't be read: ");
        String[] parts = answer.split("\n", 2);
        boolean full = parts[0].equals(FULL);
        boolean asked = full || parts[0].equals(ROOM);
        String lines = Visible.lines(!asked ? answer : parts.length > 1 ? parts[1] : "");
        String seen = lines.isBlank()
                ? "%s on %s is empty".formatted(file, node)
                : "the last lines of %s on %s:%n%s".formatted(file, node, lines);
        return full ? "no space left on %s, where %s is; %s".formatted(node, file, seen) : seen;
    }

    /** Ends it at once. One that has ended already is no error. */
    public void kill() {
        shell(KILL.formatted(pids), key);
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
