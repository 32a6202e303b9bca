package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Memory;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QemuCommandTests {

    private static final MacAddress MAC = MacAddress.of("02:9e:12:09:00:05");

    @Test
    void emulatedGuestOnOneTap() {
        assertThat(QemuCommand.of(machine(false, nic(NicSpec.DEFAULT, 0, false))))
                .containsExactly(
                        "/usr/lib/taplab/qemu-with-taps",
                        "3=mvtap5",
                        "--",
                        "qemu-system-x86_64",
                        "-name",
                        "guest",
                        "-nodefaults",
                        "-no-user-config",
                        "-S",
                        "-display",
                        "none",
                        "-qmp",
                        "stdio",
                        "-monitor",
                        "unix:/run/guest.monitor,server=on,wait=off",
                        "-pidfile",
                        "/run/guest.pid",
                        "-machine",
                        "pc,hpet=off,accel=tcg",
                        "-cpu",
                        "max,erms=off,fsrm=off,la57=off",
                        "-m",
                        "128M",
                        "-smp",
                        "1",
                        "-kernel",
                        "/guest/kernel",
                        "-initrd",
                        "/guest/initrd",
                        "-append",
                        "console=ttyS0 quiet",
                        "-chardev",
                        "pty,id=console,path=/run/guest.console,logfile=/var/log/taplab/guest.log,logappend=off",
                        "-serial",
                        "chardev:console",
                        "-object",
                        "rng-random,id=random,filename=/dev/urandom",
                        "-device",
                        "virtio-rng-pci,rng=random",
                        "-device",
                        "vmgenid,guid=auto",
                        "-netdev",
                        "tap,id=tap0,fd=3",
                        "-device",
                        "driver=virtio-net-pci,id=nic0,netdev=tap0,mac=02:9e:12:09:00:05,romfile=",
                        "-chardev",
                        "socket,id=agent,path=/run/guest.agent,server=on,wait=off",
                        "-device",
                        "virtio-serial-pci",
                        "-device",
                        "virtserialport,id=agent,chardev=agent,name=org.qemu.guest_agent.0",
                        "-chardev",
                        "socket,id=commands,path=/run/guest.commands,server=on,wait=off",
                        "-device",
                        "virtserialport,id=commands,chardev=commands,name=io.github.taplab.commands");
    }

    /** Nothing is plugged into that board's own bus, and nothing on it tells a guest of a snapshot. */
    @Test
    void onArm64NicsAreBehindPorts() {
        List<String> argv = QemuCommand.of(machine(
                Platform.ARM64,
                false,
                nic(NicSpec.DEFAULT, 0, false),
                nic(NicSpec.DEFAULT.withModel(NicModel.E1000E), 1, false)));

        assertThat(argv)
                .contains("qemu-system-aarch64")
                .containsSequence("-machine", "virt,gic-version=max,accel=tcg", "-cpu", "max", "-m")
                .containsSequence(
                        "-device",
                        "pcie-root-port,id=port0,chassis=1",
                        "-netdev",
                        "tap,id=tap0,fd=3",
                        "-device",
                        "driver=virtio-net-pci,id=nic0,bus=port0,netdev=tap0,mac=02:9e:12:09:00:05,romfile=",
                        "-device",
                        "pcie-root-port,id=port1,chassis=2",
                        "-netdev",
                        "tap,id=tap1,fd=4",
                        "-device",
                        "driver=e1000e,id=nic1,bus=port1,netdev=tap1,mac=02:9e:12:09:00:05,romfile=")
                .noneMatch(word -> word.contains("vmgenid"));
    }

    @Test
    void onArm64ADiskBootsByItsOwnFirmware() {
        MachineConfig small = machine(Platform.ARM64, true, nic(NicSpec.DEFAULT, 0, false));
        Boot disk = new Boot.Disk("/d/disk.qcow2", Optional.empty(), Platform.ARM64.firmware(Firmware.BIOS));

        assertThat(QemuCommand.of(
                        new MachineConfig(small.guest(), small.nics(), Platform.ARM64, true, disk, small.consoleLog())))
                .containsSequence("-machine", "virt,gic-version=max,accel=kvm", "-cpu", "host")
                .containsSequence(
                        "-drive",
                        "if=pflash,format=raw,readonly=on,file=/usr/share/AAVMF/AAVMF_CODE.no-secboot.fd",
                        "-drive",
                        "if=pflash,format=raw,file=/d/disk-variables.fd",
                        "-drive",
                        "if=virtio,format=qcow2,cache=unsafe,file=/d/disk.qcow2",
                        "-device",
                        "virtio-gpu-pci");
    }

    @Test
    void eachQueueHasATapAndAVhostDescriptorOfItsOwn() {
        assertThat(QemuCommand.of(machine(true, nic(NicSpec.DEFAULT.withQueues(2), 0, true))))
                .startsWith("/usr/lib/taplab/qemu-with-taps", "3=mvtap5", "4=vhost", "5=mvtap5", "6=vhost", "--")
                .contains(
                        "pc,hpet=off,accel=kvm",
                        "host",
                        "tap,id=tap0,fds=3:5,vhost=on,vhostfds=4:6",
                        "driver=virtio-net-pci,id=nic0,netdev=tap0,mac=02:9e:12:09:00:05,romfile=,mq=on,vectors=6");
    }

    @Test
    void furtherNicsGoOnCountingDescriptors() {
        assertThat(QemuCommand.of(machine(
                        false,
                        nic(NicSpec.DEFAULT, 0, false),
                        nic(NicSpec.DEFAULT.withModel(NicModel.E1000E), 1, false))))
                .startsWith("/usr/lib/taplab/qemu-with-taps", "3=mvtap5", "4=mvtap6", "--")
                .contains("tap,id=tap1,fd=4", "driver=e1000e,id=nic1,netdev=tap1,mac=02:9e:12:09:00:05,romfile=");
    }

    @Test
    void aDiskBootsByItself() {
        List<String> argv = QemuCommand.of(booting(new Boot.Disk("/d/disk.qcow2", Optional.empty(), Firmware.BIOS)));

        assertThat(argv)
                .containsSequence("-machine", "pc,accel=tcg")
                .containsSequence("-drive", "if=virtio,format=qcow2,cache=unsafe,file=/d/disk.qcow2", "-device", "VGA")
                .doesNotContain("-kernel", "-initrd", "-append")
                .noneMatch(word -> word.contains("pflash"));
    }

    @Test
    void aDiskWithASeedAndUefi() {
        List<String> argv =
                QemuCommand.of(booting(new Boot.Disk("/d/disk.qcow2", Optional.of("/d/seed.iso"), Firmware.UEFI)));

        assertThat(argv)
                .containsSequence(
                        "-drive",
                        "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd",
                        "-drive",
                        "if=pflash,format=raw,file=/d/disk-variables.fd",
                        "-drive",
                        "if=virtio,format=qcow2,cache=unsafe,file=/d/disk.qcow2",
                        "-drive",
                        "if=virtio,format=raw,readonly=on,file=/d/seed.iso",
                        "-device",
                        "VGA");
    }

    @Test
    void memoryThatCanBeCopiedIsAFile() {
        assertThat(QemuCommand.of(machine(false, nic(NicSpec.DEFAULT, 0, false)).with(new Memory.Copied("/d/memory"))))
                .containsSequence(
                        "-object",
                        "memory-backend-file,id=taplab.ram,size=128M,x-use-canonical-path-for-ramblock-id=off,"
                                + "mem-path=/d/memory,share=on",
                        "-machine",
                        "memory-backend=taplab.ram",
                        "-global",
                        "virtio-net-device.guest_announce=off")
                .doesNotContain("-incoming")
                .anyMatch(word -> word.endsWith("logappend=off"));
    }

    @Test
    void memoryOfASnapshotIsReadOnlyAndItsConsoleGoesOn() {
        assertThat(QemuCommand.of(machine(false, nic(NicSpec.DEFAULT, 0, false))
                        .with(new Memory.Shared(new SnapshotFiles("/s")))))
                .containsSequence(
                        "-object",
                        "memory-backend-file,id=taplab.ram,size=128M,x-use-canonical-path-for-ramblock-id=off,"
                                + "mem-path=/s/memory,share=off,readonly=on,rom=off",
                        "-machine",
                        "memory-backend=taplab.ram",
                        "-global",
                        "virtio-net-device.guest_announce=off",
                        "-incoming",
                        "defer",
                        "-global",
                        "migration.announce-rounds=0")
                .anyMatch(word -> word.endsWith("logappend=on"));
    }

    @Test
    void aMachineThatBootedElsewhereIsWaitedForAndItsConsoleGoesOn() {
        MachineConfig booted = machine(false, nic(NicSpec.DEFAULT, 0, false));

        assertThat(QemuCommand.of(booted.moved("7f")))
                .containsSequence("-incoming", "defer", "-cpu")
                .contains("vmgenid,guid=7f")
                .doesNotContain("memory-backend=taplab.ram")
                .anyMatch(word -> word.endsWith("logappend=on"));
    }

    @Test
    void theMemoryOfOneThatWentOnFromASnapshotHasItsNameHereToo() {
        MachineConfig shared =
                machine(false, nic(NicSpec.DEFAULT, 0, false)).with(new Memory.Shared(new SnapshotFiles("/s")));

        assertThat(QemuCommand.of(shared.moved("7f")))
                .containsSequence(
                        "-object",
                        "memory-backend-ram,id=taplab.ram,size=128M,x-use-canonical-path-for-ramblock-id=off",
                        "-machine",
                        "memory-backend=taplab.ram",
                        "-global",
                        "virtio-net-device.guest_announce=off",
                        "-incoming",
                        "defer");
        assertThat(shared.moved("7f").goesOnFrom()).isEmpty();
    }

    private static MachineConfig booting(Boot boot) {
        MachineConfig small = machine(false, nic(NicSpec.DEFAULT, 0, false));
        return new MachineConfig(small.guest(), small.nics(), Platform.AMD64, false, boot, small.consoleLog());
    }

    private static NicConfig nic(NicSpec spec, int index, boolean vhost) {
        return new NicConfig(spec, index, MAC, "eth0", "mvtap" + (5 + index), vhost);
    }

    private static MachineConfig machine(boolean kvm, NicConfig... nics) {
        return machine(Platform.AMD64, kvm, nics);
    }

    private static MachineConfig machine(Platform platform, boolean kvm, NicConfig... nics) {
        return new MachineConfig(
                GuestSpec.named("guest"),
                List.of(nics),
                platform,
                kvm,
                new Boot.Kernel("/guest/kernel", "/guest/initrd", "console=ttyS0 quiet"),
                "/var/log/taplab/guest.log");
    }
}
