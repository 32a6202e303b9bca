package io.github.taplab.internal.machine;

import java.util.List;

/** The virtio port over which the small guest takes commands, beside its agent's. */
public final class CommandPort {

    /** As the guest finds it. */
    public static final String NAME = "io.github.taplab.commands";

    private CommandPort() {}

    /** Where QEMU's end of it listens, in the launcher. */
    public static String socket(MachineConfig machine) {
        return "/run/" + machine.name() + ".commands";
    }

    /** The process in the launcher whose standard streams lead there. */
    public static List<String> process(MachineConfig machine) {
        return List.of("socat", "-", "UNIX-CONNECT:" + socket(machine));
    }
}
