package io.github.taplab.internal.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where process ids mean the same: one boot of one kernel, and one of its process namespaces. */
final class Machine {

    /** A machine that can't be told from others. */
    static final String UNKNOWN = "";

    private static final Path PROC = Path.of("/proc");
    // The field "starttime" of /proc/<pid>/stat, as proc(5) counts them.
    private static final int START = 22;
    private static final Pattern BOOT = Pattern.compile("[0-9a-f-]{36}");
    private static final Pattern NAMESPACE = Pattern.compile("pid:\\[([0-9]+)]");

    private Machine() {}

    /** The machine of this JVM. Host names do not tell: two that can't be resolved are both "unknown". */
    static String ofThisProcess() {
        return of(PROC);
    }

    /**
     * The same, as one {@code /proc} has it.
     *
     * @return {@link #UNKNOWN} where it does not say so, as on systems that are no Linux
     */
    static String of(Path proc) {
        try {
            String boot =
                    Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
            var namespace = NAMESPACE.matcher(
                    Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString());
            return BOOT.matcher(boot).matches() && namespace.matches() ? boot + "." + namespace.group(1) : UNKNOWN;
        } catch (IOException | UnsupportedOperationException notSaid) {
            return UNKNOWN;
        }
    }

    /**
     * When a process of this machine started, in the kernel's ticks since its boot. A time of the day would be that of
     * another process once the clock is set.
     *
     * @return 0 where that is not known
     */
    static long startOf(long pid) {
        return startOf(PROC, pid);
    }

    static long startOf(Path proc, long pid) {
        try {
            String stat = Files.readString(proc.resolve(pid + "/stat"));
            // The second field is the program's name, in parentheses, which may have blanks and parentheses in it.
            String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fromThird[START - 3]);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException notSaid) {
            return 0;
        }
    }
}
