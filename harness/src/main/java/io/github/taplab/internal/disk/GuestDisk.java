package io.github.taplab.internal.disk;

import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.Ovmf;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import java.util.List;
import java.util.Optional;

/** What one guest has of a disk image: an overlay of its own, and the seed volume. */
public final class GuestDisk {

    private static final String FOLDER = "/var/lib/taplab/guests";

    private GuestDisk() {}

    /** Makes a guest's overlay and seed volume in its launcher. */
    public static Boot.Disk make(
            String guest,
            DiskSpec spec,
            DiskImage image,
            List<NicConfig> nics,
            Shell launcher,
            LeasedContainer container) {
        String folder = FOLDER + "/" + guest;
        String overlay = folder + "/disk.qcow2";
        launcher.run("mkdir", "-p", folder);
        launcher.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", image.format(), "-b", image.path(), overlay);
        Boot.Disk disk = new Boot.Disk(
                overlay,
                spec.cloudInit() == CloudInit.NO_CLOUD
                        ? Optional.of(seed(guest, spec, nics, folder, launcher, container))
                        : Optional.empty(),
                spec.firmware());
        if (disk.firmware() == Firmware.UEFI) {
            launcher.run("cp", Ovmf.VARIABLES, Ovmf.variablesOf(disk));
        }
        return disk;
    }

    private static String seed(
            String guest,
            DiskSpec spec,
            List<NicConfig> nics,
            String folder,
            Shell launcher,
            LeasedContainer container) {
        String volume = folder + "/seed.iso";
        container.unpack(Archive.ofTexts("seed/", SeedFiles.of(guest, spec.seed(), nics)), folder);
        launcher.run(
                "genisoimage",
                "-quiet",
                "-volid",
                "cidata",
                "-joliet",
                "-rational-rock",
                "-output",
                volume,
                folder + "/seed");
        return volume;
    }
}
