package io.github.taplab.internal.guest;

import io.github.taplab.internal.node.RootShell;

/**
 * A file in a guest that goes with its system's memory. Where it is missing, that has restarted, and whatever Taplab
 * and the test had set up is gone. (The kernel's boot_id would say the same, but only to who has asked for it before;
 * and a snapshot's guests have one in common.)
 */
final class BootMark {

    static final String PATH = "/run/taplab-boot";

    private final GuestBoot boot;
    private final RootShell shell;

    BootMark(GuestBoot boot, RootShell shell) {
        this.boot = boot;
        this.shell = shell;
    }

    /** Sets it in a guest that has just got its shell, unless the look at its NICs did: a process there takes time. */
    void set() {
        if (boot.hasCommands()) {
            shell.writeFile(PATH, new byte[0]);
        }
    }

    /** Sets it in one that was told to restart. */
    void setAgain() {
        set();
        if (!boot.isSmall()) {
            shell.run("mkdir", "-p", PATH);
        }
    }

    /** Whether it has gone. A command in the guest in any case, which fails where the guest takes none. */
    boolean isGone() {
        int exitCode = shell.tryRun("test", "-e", PATH).exitCode();
        return exitCode == 1 && (boot.hasCommands() || !boot.isSmall());
    }
}
