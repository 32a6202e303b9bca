package io.github.taplab.internal.lab;

import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import java.util.ArrayList;
import java.util.List;

/**
 * The macvtaps of a guest that migrates. The new ones have the MAC addresses of the old ones, and so only one of each
 * two is up at any time: what came in through the new one before the switch-over would wait in its queue, and the guest
 * would get it a second time.
 */
final class MovingMacvtaps {

    private final MachineConfig machine;
    private final List<NicConfig> nics;
    private final LauncherHandle from;
    private final LauncherHandle to;
    private final List<Undo> made = new ArrayList<>();

    MovingMacvtaps(MachineConfig machine, LauncherHandle from, LauncherHandle to) {
        this.machine = machine;
        // libvirt makes its own, keeps the new ones down until the guest goes on, and has removed the old ones then.
        nics = machine.guest().attachment() == Attachment.DIRECT ? List.of() : machine.nics();
        this.from = from;
        this.to = to;
    }

    /** Makes the new ones as the old ones were declared, down. */
    void prepare() {
        for (NicConfig nic : nics) {
            made.add(UndoStack.commanding(
                    () -> to.addMacvtapDown(nic.macvtap(), nic.mac(), nic.spec().mode()), () -> remove(to, nic)));
        }
    }

    /** The machine is there, on whatever macvtaps it has, and stands still. */
    void arrived(Machine there) {
        for (NicConfig nic : machine.nics()) {
            nic.spec()
                    .mtu()
                    .ifPresent(mtu ->
                            to.run("ip", "link", "set", "dev", there.macvtap(nic), "mtu", Integer.toString(mtu)));
        }
    }

    /** The machine stands still: neither side has sent a frame since the old ones went down. */
    void switchOver() {
        set(from, "down");
        set(to, "up");
    }

    private void set(LauncherHandle launcher, String state) {
        nics.forEach(nic -> launcher.run("ip", "link", "set", "dev", nic.macvtap(), state));
    }

    /** The machine runs on the new ones. */
    void removeOld() {
        nics.forEach(nic -> remove(from, nic));
    }

    private static void remove(LauncherHandle launcher, NicConfig nic) {
        launcher.run("ip", "link", "del", "dev", nic.macvtap());
    }

    /** It stays on the old ones. */
    void goBack() {
        made.forEach(Undo::close);
        set(from, "up");
    }
}
