package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.TwoWayCopy;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.qemu.QemuMachine;
import java.util.List;

/**
 * The way of a machine from one launcher to another: each QEMU has a Unix socket in its own launcher, and the JVM
 * copies from one to the other, so that none of it passes the lab's network. Nor does what two libvirtds say to each
 * other.
 */
final class MigrationWay {

    private final String guest;
    private final LauncherHandle from;
    private final LauncherHandle to;
    private final String socket;

    MigrationWay(String guest, LauncherHandle from, LauncherHandle to) {
        this.guest = guest;
        this.from = from;
        this.to = to;
        socket = "/run/%s.migration".formatted(guest);
    }

    /** Sends a machine, and returns when it is there whole and stands still on both sides. */
    void send(QemuMachine source, QemuMachine target) {
        target.migration().listen(socket);
        TwoWayCopy machine = open(socket, toQemu());
        try (machine) {
            source.migration().send(socket);
            source.migration().awaitEnd("%s is sent from %s to %s".formatted(guest, from.name(), to.name()));
            target.migration().awaitEnd("%s arrives on %s".formatted(guest, to.name()));
        }
    }

    /**
     * Has libvirt send a domain, and returns when it is there whole and stands still. Where it was it is gone then.
     *
     * @param libvirt the connection to the libvirtd to which it goes
     */
    Machine send(Machine source, LibvirtConnection libvirt, MachineConfig config) {
        String daemon = "/run/%s.libvirtd".formatted(guest);
        TwoWayCopy talk = open(daemon, LibvirtConnection.TO_LIBVIRTD);
        try (talk) {
            TwoWayCopy machine = open(socket, toQemu());
            try (machine) {
                return libvirt.take(source, config, daemon, socket);
            }
        }
    }

    private List<String> toQemu() {
        return List.of("socat", "-", "UNIX-CONNECT:" + socket);
    }

    private TwoWayCopy open(String door, List<String> behind) {
        return TwoWayCopy.of(
                door, LauncherDoor.open(guest, from, door), () -> to.container().open(behind));
    }
}
