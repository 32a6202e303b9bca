package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Launcher;
import java.util.List;

/** What takes a running guest to another launcher of its lab. */
public interface Mover {

    /** The launchers of the lab. */
    List<Launcher> launchers();

    /**
     * Takes it there; it runs on.
     *
     * @param machine as it was started
     * @throws IllegalStateException if it can't; the guest is then where it was
     */
    void move(MachineConfig machine, Residence guest, LauncherHandle to);
}
