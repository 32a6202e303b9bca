package io.github.taplab.internal.disk;

import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.docker.VolumeName;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.BootSource;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What one guest has of a disk image in its launcher: an overlay of its own, and the seed volume. */
public final class GuestDisk implements BootSource {

    private static final String FOLDER = "/var/lib/taplab/guests";
    private static final String QCOW2 = "qcow2";
    // What a guest has written until it is ready is some ten MiB.
    private static final Duration COPY = Duration.ofMinutes(2);

    private final String guest;
    private final DiskSpec spec;
    private final DiskImage image;
    private final List<NicConfig> nics;
    private final Platform platform;
    private final Shell launcher;
    private final BiConsumer<InputStream, String> unpack;

    /**
     * The disk of one guest; nothing of it is made yet.
     *
     * @param unpack brings an archive into a folder of the launcher
     */
    public GuestDisk(
            String guest,
            DiskSpec spec,
            DiskImage image,
            List<NicConfig> nics,
            Platform platform,
            Shell launcher,
            BiConsumer<InputStream, String> unpack) {
        this.guest = guest;
        this.spec = spec;
        this.image = image;
        this.nics = List.copyOf(nics);
        this.platform = platform;
        this.launcher = launcher;
        this.unpack = unpack;
    }

    /** A name for what a guest finds on its disks when it boots: where it is the same, so is all of that. */
    public static String content(String guest, DiskSpec spec, DiskImage image, List<NicConfig> nics) {
        return VolumeName.of(
                "disk",
                Stream.concat(
                        Stream.of(image.digest()),
                        // A digest of it and no text: there are passwords in a seed.
                        SeedFiles.of(guest, spec.seed(), nics).values().stream()));
    }

    @Override
    public Boot.Disk fresh() {
        launcher.run("mkdir", "-p", folder());
        return disk(
                image.format(),
                image.path(),
                hasSeed() ? Optional.of(makeSeed()) : Optional.empty(),
                platform.firmwareVariables());
    }

    @Override
    public Boot.Disk after(SnapshotFiles snapshot) {
        launcher.run("mkdir", "-p", folder());
        return disk(
                QCOW2,
                snapshot.disk(),
                hasSeed() ? Optional.of(snapshot.seed()) : Optional.empty(),
                snapshot.variables());
    }

    @Override
    public void copyTo(SnapshotFiles snapshot) {
        copy(overlay(), snapshot.disk());
        if (hasSeed()) {
            // The same to the byte: made anew it would have other times in it.
            copy(seed(), snapshot.seed());
        }
        Boot.Disk disk = boot(hasSeed() ? Optional.of(seed()) : Optional.empty());
        if (disk.firmware() == Firmware.UEFI) {
            copy(disk.variables(), snapshot.variables());
        }
    }

    private boolean hasSeed() {
        return spec.cloudInit() == CloudInit.NO_CLOUD;
    }

    private void copy(String from, String to) {
        launcher.tryRun(COPY, "cp", "--sparse=always", from, to).orThrow();
    }

    private Boot.Disk disk(String format, String base, Optional<String> seed, String variables) {
        launcher.run("qemu-img", "create", "-q", "-f", QCOW2, "-F", format, "-b", base, overlay());
        Boot.Disk disk = boot(seed);
        if (disk.firmware() == Firmware.UEFI) {
            launcher.run("cp", variables, disk.variables());
        }
        return disk;
    }

    private Boot.Disk boot(Optional<String> seed) {
        return new Boot.Disk(overlay(), seed, platform.firmware(spec.firmware()));
    }

    private String makeSeed() {
        unpack.accept(Archive.ofTexts("seed/", SeedFiles.of(guest, spec.seed(), nics)), folder());
        launcher.run(
                "genisoimage",
                "-quiet",
                "-volid",
                "cidata",
                "-joliet",
                "-rational-rock",
                "-output",
                seed(),
                folder() + "/seed");
        return seed();
    }

    private String folder() {
        return FOLDER + "/" + guest;
    }

    private String overlay() {
        return folder() + "/disk.qcow2";
    }

    private String seed() {
        return folder() + "/seed.iso";
    }
}
