package io.github.taplab.internal.lab;

import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.internal.snapshot.SnapshotKey;
import io.github.taplab.internal.snapshot.SnapshotShare;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which guests of a lab have to do with a snapshot. */
final class LabSnapshots implements AutoCloseable {

    private final Map<String, SnapshotShare> shares;

    LabSnapshots(Map<String, SnapshotShare> shares) {
        this.shares = Map.copyOf(shares);
    }

    /**
     * Looks for those that can be used, and takes on to make those that are missing.
     *
     * @param usual what the run does with guests that may do either
     * @param disks the images of those guests that have a disk, by the guests' names
     */
    static LabSnapshots of(SessionEngine engine, BootMode usual, LabSpec spec, Map<String, DiskImage> disks) {
        return of(engine.host(), engine.snapshots()::share, usual, spec, disks);
    }

    /**
     * The same where it is known what the host is.
     *
     * @param snapshots gives each guest its part
     */
    static LabSnapshots of(
            SessionEngine.Host host,
            Function<SnapshotKey, Optional<SnapshotShare>> snapshots,
            BootMode usual,
            LabSpec spec,
            Map<String, DiskImage> disks) {
        Map<String, SnapshotShare> shares = new HashMap<>();
        try {
            for (int i = 0; i < spec.guests().size(); i++) {
                GuestSpec guest = spec.guests().get(i);
                if (usesSnapshot(guest, usual, host.facts().platform())) {
                    SnapshotKey key = key(host, spec, i, Optional.ofNullable(disks.get(guest.name())));
                    snapshots.apply(key).ifPresent(share -> shares.put(guest.name(), share));
                }
            }
            return new LabSnapshots(shares);
        } catch (RuntimeException | Error e) {
            // Whoever waits for one that this lab would have made would wait in vain.
            LabSnapshots begun = new LabSnapshots(shares);
            try (begun) {
                throw e;
            }
        }
    }

    private static SnapshotKey key(SessionEngine.Host host, LabSpec spec, int index, Optional<DiskImage> disk) {
        GuestSpec guest = spec.guests().get(index);
        var nics = GuestNics.of(guest, new HostNumbers(spec).guest(index), host.facts());
        return SnapshotKeys.of(host.image(), guest, disk, nics, host.facts());
    }

    /** Whether it is known without asking that an engine has all that the guests of a lab start from. */
    static boolean areKnown(SessionEngine engine, SessionEngine.Host host, BootMode usual, LabSpec spec) {
        return IntStream.range(0, spec.guests().size()).allMatch(i -> {
            GuestSpec guest = spec.guests().get(i);
            Optional<DiskImage> disk = guest.disk().flatMap(engine::knownDisk);
            return disk.isPresent() == guest.disk().isPresent()
                    && (!usesSnapshot(guest, usual, host.facts().platform())
                            || engine.snapshots().isKnown(key(host, spec, i, disk)));
        });
    }

    /**
     * Whether a guest has to do with a snapshot.
     *
     * @param usual what the run does with guests that may do either
     */
    static boolean usesSnapshot(GuestSpec guest, BootMode usual, Platform platform) {
        BootMode boot = guest.boot() == BootMode.EITHER ? usual : guest.boot();
        // Seen twice: a guest of which a snapshot had been made, and which was restarted later, had no timer on one of
        // its two CPUs any more.
        boolean isSafe = boot == BootMode.WARM || guest.cpus() == 1;
        return boot != BootMode.COLD && guest.canBeWarm() && isSafe && platform.tellsGenerations();
    }

    Optional<SnapshotShare> of(GuestSpec guest) {
        return Optional.ofNullable(shares.get(guest.name()));
    }

    /** What the launcher of a guest needs for it. */
    Optional<VolumeMount> volume(GuestSpec guest) {
        return of(guest).map(SnapshotShare::mount);
    }

    /** Gives up what is not made yet. */
    @Override
    public void close() {
        shares.values().forEach(SnapshotShare::close);
    }
}
