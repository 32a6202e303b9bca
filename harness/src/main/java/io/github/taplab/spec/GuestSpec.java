package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A virtual machine.
 *
 * @param name how specs and messages call the guest: a lower-case letter, then lower-case letters, digits and hyphens
 * @param nic its only NIC
 * @param memoryMib memory in MiB, 96 to 65536
 * @param cpus virtual CPUs, 1 to 64
 */
public record GuestSpec(String name, NicSpec nic, int memoryMib, int cpus) {

    /** The name of a guest that is given none. */
    public static final String DEFAULT_NAME = "guest";
    /** Enough for the small guest, in MiB. */
    public static final int DEFAULT_MEMORY_MIB = 128;

    // Seen with the small guest: 80 MiB, a kernel panic while it unpacks its initramfs; 64 MiB, not a word on the
    // console.
    private static final int LEAST_MEMORY_MIB = 96;
    private static final int MOST_MEMORY_MIB = 65_536;
    private static final int MOST_CPUS = 64;

    /**
     * Checks the guest by itself.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public GuestSpec {
        List<String> problems = new ArrayList<>();
        NodeNames.check("name", name, problems);
        if (memoryMib < LEAST_MEMORY_MIB || memoryMib > MOST_MEMORY_MIB) {
            problems.add(
                    "memoryMib = %d, must be %d to %d (MiB)".formatted(memoryMib, LEAST_MEMORY_MIB, MOST_MEMORY_MIB));
        }
        if (cpus < 1 || cpus > MOST_CPUS) {
            problems.add("cpus = %d, must be 1 to %d".formatted(cpus, MOST_CPUS));
        }
        InvalidSpecException.throwIfAny(problems);
    }

    /** A guest with the defaults of {@code @MacvtapVm}. */
    public static GuestSpec named(String name) {
        return new GuestSpec(name, NicSpec.DEFAULT, DEFAULT_MEMORY_MIB, 1);
    }

    public GuestSpec withNic(NicSpec newNic) {
        return new GuestSpec(name, newNic, memoryMib, cpus);
    }

    public GuestSpec withMemoryMib(int newMemoryMib) {
        return new GuestSpec(name, nic, newMemoryMib, cpus);
    }

    public GuestSpec withCpus(int newCpus) {
        return new GuestSpec(name, nic, memoryMib, newCpus);
    }
}
