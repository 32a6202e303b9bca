package io.github.taplab.labtests;

import io.github.taplab.node.Guest;

/** How a guest has come to run in its machine; a restart of its system changes nothing in that. */
enum Origin {
    /** It has booted there. */
    BOOT,
    /** It went on there from a snapshot. */
    SNAPSHOT;

    /** As the command line of its QEMU has it: no clock has a part in that. */
    static Origin of(Guest guest) {
        boolean incoming = guest.launcher()
                .run("cat", "/proc/%s/cmdline".formatted(Uptime.pid(guest)))
                .text()
                .contains("\0-incoming\0");
        return incoming ? SNAPSHOT : BOOT;
    }
}
