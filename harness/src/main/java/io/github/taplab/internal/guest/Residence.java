package io.github.taplab.internal.guest;

import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.LauncherHandle;
import java.util.function.Function;

/** Where a guest runs: its launcher, which is another one when it has migrated, and the switch of its machine there. */
public final class Residence {

    private final PowerSwitch machine;
    private volatile LauncherHandle launcher;
    private volatile boolean kept;

    /** That of a guest whose machine has been started there. */
    public Residence(LauncherHandle launcher, PowerSwitch machine) {
        this.launcher = launcher;
        this.machine = machine;
    }

    /** The launcher in which it runs now. */
    public LauncherHandle launcher() {
        return launcher;
    }

    /** That launcher's container. */
    public LeasedContainer container() {
        return launcher.container();
    }

    /** What runs it, wherever that is. */
    public PowerSwitch machine() {
        return machine;
    }

    /**
     * It goes on elsewhere.
     *
     * @param starter starts it there once more
     */
    public void moved(LauncherHandle to, Machine there, Function<MachineConfig, Machine> starter) {
        launcher = to;
        machine.moved(there, starter);
    }

    /** Its machine has to stay what it is: a checkpoint was taken in it. */
    void keep() {
        kept = true;
    }

    /** Whether it has to. */
    boolean isKept() {
        return kept;
    }
}
