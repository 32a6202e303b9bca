package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.Attachment;
import java.util.List;

/** What a guest's machine was made of, as libvirt and QEMU tell it. */
final class MachineDescription {

    private final MachineConfig config;
    private final Machine machine;
    private final Shell launcher;

    MachineDescription(MachineConfig config, Machine machine, Shell launcher) {
        this.config = config;
        this.machine = machine;
        this.launcher = launcher;
    }

    /** What it was started from, for people. */
    String text() {
        return machine.description();
    }

    String domainXml() {
        if (config.guest().attachment() == Attachment.QEMU) {
            throw new IllegalStateException(config.name() + " runs without libvirt, so it has no domain XML");
        }
        return machine.description();
    }

    /** QEMU's arguments, as its process has them. */
    List<String> commandLine() {
        String pid = launcher.run("cat", machine.pidFile()).text();
        return List.of(launcher.run("cat", "/proc/" + pid + "/cmdline").stdout().split("\0"));
    }
}
