package io.github.taplab.internal.machine;

import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ShellAccess;
import java.util.List;
import java.util.Optional;

/**
 * Everything a virtual machine is made of.
 *
 * @param guest what the user declared
 * @param nics its NICs, eth0 first
 * @param platform its host's and its own kind of CPU
 * @param kvm whether the host's KVM works; otherwise TCG, an emulation
 * @param boot what it boots from
 * @param consoleLog file in the launcher that gets all that the guest writes to its serial console, from the first byte
 *     on, with a snapshot's in front of it. While somebody reads along and is late, QEMU may log a character twice: it
 *     writes again what did not fit
 * @param memory whether it boots, or goes on from a snapshot
 */
public record MachineConfig(
        GuestSpec guest,
        List<NicConfig> nics,
        Platform platform,
        boolean kvm,
        Boot boot,
        String consoleLog,
        Memory memory) {

    public MachineConfig {
        nics = List.copyOf(nics);
    }

    /** One that boots, and of which no snapshot is made. */
    public MachineConfig(
            GuestSpec guest, List<NicConfig> nics, Platform platform, boolean kvm, Boot boot, String consoleLog) {
        this(guest, nics, platform, kvm, boot, consoleLog, new Memory.Own());
    }

    /** The same machine with its memory from elsewhere. */
    public MachineConfig with(Memory other) {
        return new MachineConfig(guest, nics, platform, kvm, boot, consoleLog, other);
    }

    /** The snapshot that it goes on from; empty: it boots. */
    public Optional<SnapshotFiles> goesOnFrom() {
        return memory instanceof Memory.Shared shared ? Optional.of(shared.snapshot()) : Optional.empty();
    }

    /** Whether it goes on from what it was before, and so has written to its console already. */
    public boolean goesOn() {
        return goesOnFrom().isPresent() || memory instanceof Memory.Moved;
    }

    /**
     * The same machine where it goes on in another launcher.
     *
     * @param generation what it has there as the id of its generation
     */
    public MachineConfig moved(String generation) {
        return with(new Memory.Moved(generation, !(memory instanceof Memory.Own)));
    }

    /** Whether it has a port for commands: the small guest, unless commands shall go over its console. */
    public boolean hasCommandPort() {
        return boot instanceof Boot.Kernel && guest.shell() == ShellAccess.AGENT;
    }

    /** Whether the guest finds ACPI tables. */
    public boolean hasAcpi() {
        return boot instanceof Boot.Disk || platform.hasAcpiWithoutFirmware();
    }

    public String name() {
        return guest.name();
    }
}
