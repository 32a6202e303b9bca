package io.github.taplab.internal.qemu;

import io.github.taplab.internal.trouble.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a QEMU has ended.
 *
 * @param code its exit code, or 128 and the signal's number; empty if its launcher ended with it
 * @param words what it wrote before
 */
record QemuEnd(OptionalInt code, String words) {

    private static final int SIGNAL = 128;
    private static final Pattern SAID = Pattern.compile("(?m)^taplab: ended with (\\d+)\\R?");
    // A macvtap takes no program that spreads frames over queues. QEMU says so of each that goes on from a snapshot,
    // also where it wants to have none there.
    private static final Pattern NO_STEERING = Pattern.compile("(?m)^.*TUNSETSTEERINGEBPF: Invalid argument.*\\R?");
    // A shell tells of a child's signal in its own words too.
    private static final Pattern SHELL = Pattern.compile("(?m)^(?:Killed|Terminated|Aborted|Segmentation fault)\\R?");

    /** Runs a command with its standard streams, and says last how that has ended: a stream does not tell. */
    static List<String> told(List<String> command) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "\"$@\"; echo \"taplab: ended with $?\" >&2", "qemu"));
        argv.addAll(command);
        return argv;
    }

    /** Reads it from what came on standard error. */
    static QemuEnd of(String everything) {
        String stderr = NO_STEERING.matcher(everything).replaceAll("");
        Matcher said = SAID.matcher(stderr);
        if (!said.find()) {
            return new QemuEnd(OptionalInt.empty(), stderr);
        }
        int code = Integer.parseInt(said.group(1));
        String words = said.replaceAll("");
        return new QemuEnd(
                OptionalInt.of(code), code > SIGNAL ? SHELL.matcher(words).replaceAll("") : words);
    }

    /** For people. */
    @Override
    public String toString() {
        return "%s. %s".formatted(how(), Trouble.explain(words));
    }

    private String how() {
        if (code.isEmpty()) {
            return "QEMU has ended, or its launcher has";
        }
        return code.getAsInt() > SIGNAL
                ? "QEMU was ended by signal " + (code.getAsInt() - SIGNAL)
                : "QEMU has ended with exit code " + code.getAsInt();
    }
}
