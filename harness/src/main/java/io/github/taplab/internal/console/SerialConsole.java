package io.github.taplab.internal.console;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.node.Console;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The console of a guest whose machine runs in a launcher. What it says is read from its log, from the first byte on.
 */
public final class SerialConsole implements Console, AutoCloseable {

    private static final int KEPT = 4 * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final String CONNECTED = "starting data transfer loop";
    // How much of the log there is, then its end.
    private static final String READ = "stat -c %s \"$1\" && exec tail -c \"$2\" \"$1\"";
    private static final String LENGTH = "stat -c %s \"$1\"";
    // Fast on a long log too: a kernel that has given up writes little more. A log that is shorter than what was passed
    // over is that of another QEMU.
    private static final String PROGRESS = """
            set -e
            length=$(stat -c %s "$1")
            from=$3
            [ "$from" -le "$length" ] || from=0
            [ $((length - from)) -le 100000 ] || from=$((length - 100000))
            echo "$length"
            tail -c "+$((from + 1))" "$1" | grep -aF -m 1 -e "$2" || true
            """;
    // tail does not trust an overlay file system's events and asks, fifty times a second here. It does not look at its
    // input, so something else has to see the end of it.
    private static final String FOLLOW = "tail -s 0.02 -c +1 -F \"$1\" & cat >/dev/null; kill $!";

    private final String guest;
    private final Supplier<LeasedContainer> launcher;
    private final String log;
    private final Supplier<String> terminal;
    private final Supplier<Optional<String>> end;
    private final SerialLine line;
    private volatile long passedOver;

    /**
     * The console of a guest; nothing is connected yet.
     *
     * @param launcher where its machine runs, asked each time: it may go to another
     * @param log file there that gets all that the guest writes
     * @param terminal says which terminal there is the other end of the guest's serial line
     * @param end says how its machine has come to its end, if it has
     */
    public SerialConsole(
            String guest,
            Supplier<LeasedContainer> launcher,
            String log,
            Supplier<String> terminal,
            Supplier<Optional<String>> end) {
        this.guest = guest;
        this.launcher = launcher;
        this.log = log;
        this.terminal = terminal;
        this.end = end;
        line = new SerialLine(guest, this::connect);
    }

    private Wire connect() {
        ByteStream stream = launcher.get()
                .open(List.of("socat", "-d", "-d", "-", "OPEN:%s,rawer,noctty".formatted(terminal.get())));
        if (!stream.awaitStderr(CONNECTED, CONNECT)) {
            String words = complaints(stream);
            stream.close();
            throw new IllegalStateException("The console of %s can't be reached: %s".formatted(guest, words));
        }
        return new Wire(stream.fromProcess(), stream.toProcess(), () -> complaints(stream), stream::close);
    }

    private String complaints(ByteStream stream) {
        return end.get().orElseGet(() -> stream.stderr().strip());
    }

    /**
     * A root shell, for a guest without an agent.
     *
     * @param user who logs in, if the console asks
     * @param password empty, if he needs none
     */
    public ConsoleShell shell(String user, Optional<String> password) {
        return new ConsoleShell(guest, line, user, password);
    }

    /**
     * How far the guest has come.
     *
     * @param length how many bytes it has written so far
     * @param panic what its kernel has written last, if it has given up; not that of an earlier system
     */
    public record Progress(long length, Optional<String> panic) {}

    /** How many bytes the guest has written so far. */
    public long length() {
        return Long.parseLong(launcher.get()
                .exec(guest, Shell.DEFAULT_DEADLINE, List.of("sh", "-c", LENGTH, "sh", log))
                .orThrow()
                .text());
    }

    /** So many bytes are of a system that makes way for another one, or has gone back. */
    public void passOver(long bytes) {
        passedOver = bytes;
    }

    /** Looks at what the guest has written so far. */
    public Progress progress() {
        List<String> seen = launcher.get()
                .exec(
                        guest,
                        Shell.DEFAULT_DEADLINE,
                        List.of("sh", "-c", PROGRESS, "sh", log, KernelPanic.WORDS, Long.toString(passedOver)))
                .orThrow()
                .stdout()
                .lines()
                .toList();
        return new Progress(
                Long.parseLong(seen.get(0)), seen.stream().skip(1).findFirst().flatMap(KernelPanic::in));
    }

    @Override
    public String text() {
        CommandResult read = launcher.get()
                .exec(guest, Shell.DEFAULT_DEADLINE, List.of("sh", "-c", READ, "sh", log, Integer.toString(KEPT)))
                .orThrow();
        int end = read.stdout().indexOf('\n');
        long dropped = Long.parseLong(read.stdout().substring(0, end)) - KEPT;
        List<String> lines = ShellFrame.without(TerminalLines.of(read.stdout().substring(end + 1)));
        String text = String.join("\n", lines);
        return dropped > 0 ? "[%d bytes before this are not shown]%n%s".formatted(dropped, text) : text;
    }

    @Override
    public String tail(int lines) {
        new Call(guest + ".console", "tail").lines(lines);
        List<String> all = text().lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    @Override
    public String awaitLine(String regex, Duration deadline) {
        Call call = new Call(guest + ".console", "awaitLine");
        Pattern wanted = call.pattern(regex);
        call.deadline(deadline);
        LineSearch search = new LineSearch(guest, wanted);
        try (Wire follower = Wire.over(launcher.get().open(List.of("sh", "-c", FOLLOW, "sh", log)));
                Incoming incoming = new Incoming(guest)) {
            follower.read(incoming::add, incoming::end);
            return search.in(incoming, deadline);
        }
    }

    @Override
    public void type(String keys) {
        new Call(guest + ".console", "type").given("what is typed", keys);
        line.type(keys.replace('\n', '\r'));
    }

    /** The machine goes on elsewhere: who types next is connected there. */
    public void moved() {
        line.close();
    }

    /** Lets go of the line. */
    @Override
    public void close() {
        line.close();
    }
}
