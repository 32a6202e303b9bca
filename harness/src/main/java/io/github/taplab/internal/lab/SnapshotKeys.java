package io.github.taplab.internal.lab;

import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.GuestDisk;
import io.github.taplab.internal.guest.GuestBoot;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.internal.snapshot.SnapshotKey;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.NicSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which guests can go on from the same snapshot: pure functions. */
final class SnapshotKeys {

    private static final String SAME = "same";

    private SnapshotKeys() {}

    /**
     * The key of a guest. Its machine is described as it would be started, and what would be done in it before the
     * snapshot, so that whatever is changed there is another key too; but under the same name as all others, and
     * without its macvtaps, which are outside of it. libvirt runs the same machine whoever has made them.
     *
     * @param image id of the lab image
     * @param disk the image of the guest's disk, if it has one
     */
    static SnapshotKey of(
            String image, GuestSpec guest, Optional<DiskImage> disk, List<NicConfig> nics, HostFacts host) {
        boolean bare = guest.attachment() == Attachment.QEMU;
        List<NicConfig> inside = nics.stream().map(SnapshotKeys::inside).toList();
        GuestSpec like = GuestSpec.builder(SAME)
                .attachment(bare ? Attachment.QEMU : Attachment.PRE_CREATED)
                .nics(inside.stream().map(NicConfig::spec).toList())
                .memoryMib(guest.memoryMib())
                .cpus(guest.cpus())
                .build();
        MachineConfig machine = new MachineConfig(
                like,
                inside,
                host.platform(),
                host.kvm(),
                boot(guest, host),
                SAME,
                new Memory.Shared(new SnapshotFiles(SAME)));
        return new SnapshotKey(
                image,
                host.kvm() ? SnapshotKey.underKvm(host.boot()) : SnapshotKey.emulated(host.cpu()),
                (bare ? QemuMachine.definition(machine) : LibvirtConnection.definition(machine))
                        + GuestBoot.preparation(guest),
                disk.map(on -> GuestDisk.content(guest.name(), guest.disk().orElseThrow(), on, nics))
                        .orElse(""),
                "%s%s, %s, %d MiB, %d CPUs, %s"
                        .formatted(
                                guest.disk().map(on -> on.image() + " on ").orElse(""),
                                bare ? "bare QEMU" : "libvirt",
                                host.kvm() ? "KVM" : "TCG",
                                guest.memoryMib(),
                                guest.cpus(),
                                nics.stream()
                                        .map(nic -> nic.spec().model().qemuName() + " " + nic.mac())
                                        .collect(Collectors.joining(", "))));
    }

    private static Boot boot(GuestSpec guest, HostFacts host) {
        return guest.disk()
                .<Boot>map(disk -> new Boot.Disk(
                        SAME,
                        disk.cloudInit() == CloudInit.NO_CLOUD ? Optional.of(SAME) : Optional.empty(),
                        host.platform().firmware(disk.firmware())))
                .orElseGet(() -> new Boot.Kernel(SAME, SAME, SAME));
    }

    private static NicConfig inside(NicConfig nic) {
        NicSpec spec = NicSpec.builder()
                .model(nic.spec().model())
                .queues(nic.spec().queues())
                .build();
        return new NicConfig(spec, nic.index(), nic.mac(), SAME, SAME, nic.vhost());
    }
}
