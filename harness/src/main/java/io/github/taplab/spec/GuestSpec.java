package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A virtual machine with one NIC, a macvtap on the launcher's parent interface.
 *
 * @param name how specs and messages call the guest; see {@link NodeNames}
 * @param address what its NIC has when the first test starts
 * @param mac the NIC's and the macvtap's MAC address; empty: one that the lab chooses
 * @param memoryMib memory in MiB, 96 to 65536
 * @param cpus virtual CPUs, 1 to 64
 */
public record GuestSpec(String name, GuestAddress address, Optional<MacAddress> mac, int memoryMib, int cpus) {

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
        mac.ifPresent(address48 -> {
            if (address48.isMulticast()) {
                problems.add("mac = \"%s\" is a multicast address, an interface needs a unicast one: clear the lowest "
                                .formatted(address48)
                        + "bit of the first octet");
            } else if (address48.bits() == 0) {
                problems.add("mac = \"%s\" is no station's address".formatted(address48));
            }
        });
        InvalidSpecException.throwIfAny(problems);
    }

    /** A guest with the defaults of {@code @MacvtapVm}. */
    public static GuestSpec named(String name) {
        return new GuestSpec(name, GuestAddress.OWN, Optional.empty(), DEFAULT_MEMORY_MIB, 1);
    }

    public GuestSpec withAddress(GuestAddress newAddress) {
        return new GuestSpec(name, newAddress, mac, memoryMib, cpus);
    }

    public GuestSpec withMac(MacAddress newMac) {
        return new GuestSpec(name, address, Optional.of(newMac), memoryMib, cpus);
    }

    public GuestSpec withMemoryMib(int newMemoryMib) {
        return new GuestSpec(name, address, mac, newMemoryMib, cpus);
    }

    public GuestSpec withCpus(int newCpus) {
        return new GuestSpec(name, address, mac, memoryMib, newCpus);
    }
}
