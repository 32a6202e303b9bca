package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a guest must be by itself. */
final class GuestRules {

    // Seen with the small guest: 80 MiB, a kernel panic while it unpacks its initramfs; 64 MiB, not a word on the
    // console. Four NICs, or an e1000e, need more than this, and how much more depends on what a kernel has.
    private static final int LEAST_MEMORY_MIB = 96;
    private static final int MOST_MEMORY_MIB = 65_536;
    private static final int MOST_CPUS = 64;
    private static final int MOST_NICS = 8;

    private GuestRules() {}

    /** The rules that a guest would break. */
    static List<String> broken(
            String name,
            Attachment attachment,
            List<NicSpec> nics,
            int memoryMib,
            int cpus,
            ShellAccess shell,
            BootMode boot,
            Optional<DiskSpec> disk) {
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
        if (attachment == Attachment.BRIDGE) {
            checkOnBridge(nics, problems);
        }
        if (boot == BootMode.WARM) {
            hindrance(nics, shell, disk)
                    .ifPresent(why -> problems.add("boot = WARM: %s; boot = EITHER takes that".formatted(why)));
        }
        return problems;
    }

    private static void checkOnBridge(List<NicSpec> nics, List<String> problems) {
        Set<MacAddress> seen = new HashSet<>();
        for (NicSpec nic : nics) {
            if (nic.mode() != MacvtapMode.BRIDGE) {
                problems.add("mode = %s with attachment = BRIDGE: it is a macvtap that has modes, and there is none"
                        .formatted(nic.mode()));
            }
            if (nic.trustGuestRxFilters()) {
                problems.add("trustGuestRxFilters with attachment = BRIDGE: it is a macvtap that libvirt moves"
                        + " after the guest, and there is none");
            }
            nic.mac()
                    .filter(mac -> !seen.add(mac))
                    .ifPresent(mac ->
                            problems.add("mac = \"%s\" is given to two NICs of one guest: nobody could tell them apart"
                                    .formatted(mac)));
        }
    }

    /** Why a guest can't go on from a snapshot, if it can't. */
    static Optional<String> hindrance(List<NicSpec> nics, ShellAccess shell, Optional<DiskSpec> disk) {
        if (disk.filter(image -> image.cloudInit() == CloudInit.OFF).isPresent()) {
            return Optional.of(
                    "a guest with cloudInit = OFF can't go on from a snapshot, nothing says when it has booted");
        }
        if (shell != ShellAccess.AGENT) {
            return Optional.of("a guest with shell = %s can't go on from a snapshot, somebody would be logged in there"
                    .formatted(shell));
        }
        if (!nics.stream().allMatch(NicSpec::linkUp)) {
            return Optional.of(
                    "a guest with linkUp = false can't go on from a snapshot, its NIC has had a carrier there");
        }
        return Optional.empty();
    }
}
