package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;

/** What a guest must be by itself. */
final class GuestRules {

    // Seen with the small guest: 80 MiB, a kernel panic while it unpacks its initramfs; 64 MiB, not a word on the
    // console.
    private static final int LEAST_MEMORY_MIB = 96;
    private static final int MOST_MEMORY_MIB = 65_536;
    private static final int MOST_CPUS = 64;
    private static final int MOST_NICS = 8;

    private GuestRules() {}

    /** The rules that a guest would break. */
    static List<String> broken(String name, Attachment attachment, List<NicSpec> nics, int memoryMib, int cpus) {
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
        return problems;
    }
}
