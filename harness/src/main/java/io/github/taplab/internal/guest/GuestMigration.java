package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.NotThereException;
import io.github.taplab.spec.Attachment;
import java.util.List;

/** The live migration of one guest: what can't migrate is refused here, before anything starts. */
final class GuestMigration {

    private final GuestBoot boot;
    private final Residence residence;
    private final Mover mover;

    GuestMigration(GuestBoot boot, Residence residence, Mover mover) {
        this.boot = boot;
        this.residence = residence;
        this.mover = mover;
    }

    void to(Launcher wanted) {
        LauncherHandle launcher = another(wanted);
        MachineConfig machine = boot.config();
        checkMachine(machine);
        residence.machine().requireOn("migrateTo " + launcher.name());
        machine.nics().forEach(this::checkPluggedIn);
        try {
            mover.move(machine, residence, launcher);
        } finally {
            // Also where it has gone there and does not go on.
            if (residence.launcher().equals(launcher)) {
                boot.moved();
            }
        }
    }

    private LauncherHandle another(Launcher wanted) {
        List<Launcher> launchers = mover.launchers();
        if (!(wanted instanceof LauncherHandle launcher) || !launchers.contains(wanted)) {
            throw new IllegalArgumentException("%s.migrateTo: %s is no launcher of this lab, which has %s"
                    .formatted(
                            boot.name(),
                            wanted.name(),
                            launchers.stream().map(Launcher::name).sorted().toList()));
        }
        if (wanted.equals(residence.launcher())) {
            throw new IllegalArgumentException("%s.migrateTo: it runs on %s already, name another launcher of its lab"
                    .formatted(boot.name(), wanted.name()));
        }
        return launcher;
    }

    private void checkMachine(MachineConfig machine) {
        if (!boot.isSmall()) {
            throw refused("it has a disk, and no storage is shared by two launchers: only the small guest migrates");
        }
        if (machine.guest().attachment() == Attachment.BRIDGE) {
            throw refused("its tap is on a bridge (attachment = BRIDGE), where libvirt has the new one up before the"
                    + " guest runs on it, which would get broadcasts twice: only a guest on a macvtap migrates");
        }
        if (machine.guest().attachment() != Attachment.QEMU && !(machine.memory() instanceof Memory.Own)) {
            // Seen with libvirt 11.3 and QEMU 10.0: under traffic the rings of its NIC arrived older than the NIC.
            throw refused("libvirt runs it, and its memory is a file because of a snapshot, of which not all arrives:"
                    + " take boot = BootMode.COLD");
        }
        if (residence.isKept()) {
            throw refused("its lab goes back before each test (scope = REWIND), and a guest goes back in the QEMU that"
                    + " it was kept in: take scope = METHOD or CLASS");
        }
    }

    private void checkPluggedIn(NicConfig nic) {
        try {
            residence.machine().macvtap(nic);
        } catch (NotThereException takenOut) {
            throw new IllegalStateException(
                    "%s can't migrate: %s, put it back first".formatted(boot.name(), takenOut.getMessage()), takenOut);
        }
    }

    private IllegalStateException refused(String why) {
        return new IllegalStateException("%s can't migrate: %s".formatted(boot.name(), why));
    }
}
