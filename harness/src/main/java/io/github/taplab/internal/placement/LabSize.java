package io.github.taplab.internal.placement;

import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;

/**
 * How much of a host a lab takes.
 *
 * @param mib the most memory that it may come to: what a guest does not use now it may use later
 * @param cores that its guests keep busy while they boot
 */
record LabSize(long mib, int cores) {

    // Guests of 128 MiB that had booted were seen to take 147 to 172 MiB.
    private static final int MACHINE_MIB = 48;
    private static final int LAUNCHER_MIB = 32;
    private static final int STATION_MIB = 8;

    static LabSize of(LabSpec spec) {
        long guests = spec.guests().stream()
                .mapToLong(guest -> guest.memoryMib() + MACHINE_MIB)
                .sum();
        // The gateway, and the server of an internet.
        int others = spec.clients().size() + 1 + (spec.internet().isEmpty() ? 0 : 1);
        return new LabSize(
                guests + (long) LAUNCHER_MIB * spec.launchers().size() + (long) STATION_MIB * others,
                Math.max(1, spec.guests().stream().mapToInt(GuestSpec::cpus).sum()));
    }
}
