package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.StreamCopy;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.LauncherHandle;
import java.time.Duration;
import java.util.List;

/** The console log of a guest that migrates: what it has said so far is the beginning of what it says. */
final class MovingConsole {

    private static final Duration COPY = Duration.ofSeconds(30);

    private final MachineConfig machine;
    private final LauncherHandle from;
    private final LauncherHandle to;
    private long copied;

    MovingConsole(MachineConfig machine, LauncherHandle from, LauncherHandle to) {
        this.machine = machine;
        this.from = from;
        this.to = to;
    }

    /** Copies what the guest has said until now, while it runs. */
    void copy() {
        copied = pass(0, ">");
    }

    /** Copies what it has said since then; it stands still. */
    void copyRest() {
        copied += pass(copied, ">>");
    }

    private long pass(long after, String redirection) {
        String log = machine.consoleLog();
        List<String> read = List.of("tail", "-c", "+" + (after + 1), log);
        List<String> write = List.of("sh", "-c", "cat " + redirection + "\"$1\"", "sh", log);
        try (StreamCopy copy = StreamCopy.of(
                "the console log of " + machine.name(),
                from.container().open(read),
                to.container().open(write))) {
            return copy.await(COPY);
        }
    }
}
