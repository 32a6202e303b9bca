package io.github.taplab.labtests;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import java.time.Duration;

/** For how long something has run. */
final class Uptime {

    // The 22nd field of proc(5)'s stat, in hundredths of a second since the host's boot, and the 20th behind the name.
    private static final int START = 19;
    private static final int TICKS = 100;

    private Uptime() {}

    /** A guest's system, by its own account: since it booted. */
    static Duration ofSystem(Guest guest) {
        return read(guest);
    }

    /** A guest's QEMU. */
    static Duration ofMachine(Guest guest) {
        String stat = guest.launcher()
                .run("cat", "/proc/%s/stat".formatted(pid(guest)))
                .text();
        String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START];
        return read(guest.launcher()).minus(Duration.ofMillis(Long.parseLong(start) * 1000 / TICKS));
    }

    /** The process of a guest's QEMU, as its launcher counts. */
    static String pid(Guest guest) {
        return guest.launcher()
                .sh("cat /run/libvirt/qemu/%1$s.pid /run/%1$s.pid 2>/dev/null || true".formatted(guest.name()))
                .text();
    }

    private static Duration read(Node node) {
        String seconds = node.run("cat", "/proc/uptime").text().split(" ", -1)[0];
        return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    }
}
