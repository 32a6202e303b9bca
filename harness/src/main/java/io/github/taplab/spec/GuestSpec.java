package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A virtual machine.
 *
 * @param name how specs and messages call the guest: a lower-case letter, then lower-case letters, digits and hyphens
 * @param launcher name of the launcher in which it runs
 * @param attachment how it gets its taps
 * @param nics its NICs, eth0 first; 1 to 8, all on the launcher's parent interface
 * @param memoryMib memory in MiB, 96 to 65536
 * @param cpus virtual CPUs, 1 to 64
 * @param shell how commands come into it
 * @param disk what it boots from; empty: it is the small guest, which needs none
 */
public record GuestSpec(
        String name,
        String launcher,
        Attachment attachment,
        List<NicSpec> nics,
        int memoryMib,
        int cpus,
        ShellAccess shell,
        Optional<DiskSpec> disk) {

    /** The name of a guest that is given none. */
    public static final String DEFAULT_NAME = "guest";
    /** Enough for the small guest, in MiB. */
    public static final int DEFAULT_MEMORY_MIB = 128;
    /** Enough for a general-purpose distribution, in MiB. */
    public static final int DEFAULT_MEMORY_MIB_WITH_DISK = 768;

    // Seen with the small guest: 80 MiB, a kernel panic while it unpacks its initramfs; 64 MiB, not a word on the
    // console.
    private static final int LEAST_MEMORY_MIB = 96;
    private static final int MOST_MEMORY_MIB = 65_536;
    private static final int MOST_CPUS = 64;
    private static final int MOST_NICS = 8;

    /**
     * Checks the guest by itself.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public GuestSpec {
        Given.check(
                "a guest",
                "name",
                name,
                "launcher",
                launcher,
                "attachment",
                attachment,
                "nics",
                nics,
                "shell",
                shell,
                "disk",
                disk);
        nics = List.copyOf(nics);
        List<String> problems = new ArrayList<>();
        NodeNames.check("name", name, problems);
        if (memoryMib < LEAST_MEMORY_MIB || memoryMib > MOST_MEMORY_MIB) {
            problems.add(
                    "memoryMib = %d, must be %d to %d (MiB)".formatted(memoryMib, LEAST_MEMORY_MIB, MOST_MEMORY_MIB));
        }
        if (cpus < 1 || cpus > MOST_CPUS) {
            problems.add("cpus = %d, must be 1 to %d".formatted(cpus, MOST_CPUS));
        }
        if (nics.isEmpty() || nics.size() > MOST_NICS) {
            problems.add("a guest has 1 to %d NICs, found %d".formatted(MOST_NICS, nics.size()));
        }
        if (attachment == Attachment.QEMU && nics.stream().anyMatch(NicSpec::trustGuestRxFilters)) {
            problems.add("trustGuestRxFilters with attachment = QEMU: it is libvirt that moves the macvtap"
                    + " after the guest, and there is none");
        }
        InvalidSpecException.throwIfAny(problems);
    }

    /** A guest with the defaults of {@code @MacvtapVm}. */
    public static GuestSpec named(String name) {
        return new GuestSpec(
                name,
                LabSpec.LAUNCHER_NAME,
                Attachment.DIRECT,
                List.of(NicSpec.DEFAULT),
                DEFAULT_MEMORY_MIB,
                1,
                ShellAccess.AGENT,
                Optional.empty());
    }

    /** The first NIC, the guest's eth0. */
    public NicSpec nic() {
        return nics.get(0);
    }

    /** With this NIC as its only one. */
    public GuestSpec withNic(NicSpec newNic) {
        Given.check("a guest", "nic", newNic);
        return withNics(List.of(newNic));
    }

    public GuestSpec withNics(List<NicSpec> newNics) {
        return new GuestSpec(name, launcher, attachment, newNics, memoryMib, cpus, shell, disk);
    }

    public GuestSpec withLauncher(String newLauncher) {
        return new GuestSpec(name, newLauncher, attachment, nics, memoryMib, cpus, shell, disk);
    }

    public GuestSpec withAttachment(Attachment newAttachment) {
        return new GuestSpec(name, launcher, newAttachment, nics, memoryMib, cpus, shell, disk);
    }

    public GuestSpec withMemoryMib(int newMemoryMib) {
        return new GuestSpec(name, launcher, attachment, nics, newMemoryMib, cpus, shell, disk);
    }

    public GuestSpec withCpus(int newCpus) {
        return new GuestSpec(name, launcher, attachment, nics, memoryMib, newCpus, shell, disk);
    }

    public GuestSpec withShell(ShellAccess newShell) {
        return new GuestSpec(name, launcher, attachment, nics, memoryMib, cpus, newShell, disk);
    }

    /** With this disk, and at least the memory that a system on a disk needs. */
    public GuestSpec withDisk(DiskSpec newDisk) {
        Given.check("a guest", "disk", newDisk);
        return new GuestSpec(
                name,
                launcher,
                attachment,
                nics,
                Math.max(memoryMib, DEFAULT_MEMORY_MIB_WITH_DISK),
                cpus,
                shell,
                Optional.of(newDisk));
    }
}
