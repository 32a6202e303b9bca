package io.github.taplab.samples.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;

/**
 * When a guest reached which point of its boot, in seconds since its QEMU started. The guest's own clock starts with
 * its kernel; how much later than QEMU that was is the difference of the two ages.
 *
 * @param kernel the boot loader has started the kernel
 * @param init the kernel has started the initramfs' first process
 * @param agent the guest agent has been started, as the last or one of the last parts of the system
 * @param answer what the test saw: by then the agent had answered, and cloud-init was done
 */
record BootPhases(double kernel, double init, double agent, double answer) {

    private static final Pattern INIT = Pattern.compile("\\[ *([0-9.]+)] Run /init as init process");
    private static final double TICKS_A_SECOND = 100;
    // proc(5), /proc/PID/stat: the process's name may have blanks in it, what follows it has none.
    private static final int START_TIME = 22 - 2;

    static BootPhases of(Guest guest) {
        double age = uptime(guest.launcher()) - started(guest.launcher(), "qemu-system-x86_64");
        double kernel = age - uptime(guest);
        double init = INIT.matcher(guest.console().text())
                .results()
                .map(MatchResult::group)
                .map(line -> line.replaceAll(".*\\[ *|].*", ""))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow();
        return new BootPhases(kernel, kernel + init, kernel + started(guest, "qemu-ga"), age);
    }

    private static double uptime(Node node) {
        return Double.parseDouble(node.run("cat", "/proc/uptime").text().split(" ", -1)[0]);
    }

    /** In seconds since the node's kernel started. */
    private static double started(Node node, String program) {
        String stat = node.sh("cat /proc/$(pidof %s)/stat".formatted(program)).text();
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Double.parseDouble(afterName[START_TIME - 1]) / TICKS_A_SECOND;
    }

    void report(String guest, TestReporter reporter) {
        assertThat(Stream.of(kernel, init, agent, answer).toList()).isSorted();
        reporter.publishEntry(
                guest,
                "kernel after %.1f s, initramfs after %.1f s, agent after %.1f s, ready within %.1f s"
                        .formatted(kernel, init, agent, answer));
    }
}
