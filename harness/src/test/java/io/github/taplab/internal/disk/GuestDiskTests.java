package io.github.taplab.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.ImageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is done in a launcher for a guest's disk. */
class GuestDiskTests {

    private static final SnapshotFiles SNAPSHOT = new SnapshotFiles("/s");
    private static final String OVERLAY = "/var/lib/taplab/guests/db/disk.qcow2";
    private static final String VARIABLES = "/var/lib/taplab/guests/db/disk-variables.fd";
    private static final String SEED = "/var/lib/taplab/guests/db/seed.iso";

    private final List<String> done = new ArrayList<>();

    private Shell launcher() {
        return (deadline, argv) -> {
            done.add(String.join(" ", argv));
            return new CommandResult("launcher", List.of(argv), 0, "", "", Duration.ZERO);
        };
    }

    private GuestDisk disk(Firmware firmware, CloudInit cloudInit) {
        return disk(Platform.AMD64, firmware, cloudInit);
    }

    private GuestDisk disk(Platform platform, Firmware firmware, CloudInit cloudInit) {
        return new GuestDisk(
                "db",
                DiskSpec.builder(new ImageSource.Known("debian-cloud"))
                        .firmware(firmware)
                        .cloudInit(cloudInit)
                        .build(),
                new DiskImage("/d/image", "raw", "d15c", List.of()),
                List.of(),
                platform,
                launcher(),
                (archive, folder) -> done.add("unpack in " + folder));
    }

    @Test
    void bootsFromAnOverlayOnItsImageWithASeedOfItsOwn() {
        Boot.Disk made = disk(Firmware.BIOS, CloudInit.NO_CLOUD).fresh();

        assertThat(made).isEqualTo(new Boot.Disk(OVERLAY, Optional.of(SEED), Firmware.BIOS));
        assertThat(done)
                .containsExactly(
                        "mkdir -p /var/lib/taplab/guests/db",
                        "unpack in /var/lib/taplab/guests/db",
                        "genisoimage -quiet -volid cidata -joliet -rational-rock -output " + SEED
                                + " /var/lib/taplab/guests/db/seed",
                        "qemu-img create -q -f qcow2 -F raw -b /d/image " + OVERLAY);
    }

    /** There is no BIOS on arm64. */
    @Test
    void onArm64ItHasUefiWhateverIsAskedFor() {
        Boot.Disk made = disk(Platform.ARM64, Firmware.BIOS, CloudInit.OFF).fresh();

        assertThat(made).isEqualTo(new Boot.Disk(OVERLAY, Optional.empty(), Firmware.UEFI));
        assertThat(done)
                .containsExactly(
                        "mkdir -p /var/lib/taplab/guests/db",
                        "qemu-img create -q -f qcow2 -F raw -b /d/image " + OVERLAY,
                        "cp /usr/share/AAVMF/AAVMF_VARS.fd " + VARIABLES);
    }

    @Test
    void goesOnWithAnOverlayOnTheSnapshotsAndWithTheSnapshotsSeed() {
        Boot.Disk made = disk(Firmware.UEFI, CloudInit.NO_CLOUD).after(SNAPSHOT);

        assertThat(made).isEqualTo(new Boot.Disk(OVERLAY, Optional.of("/s/seed.iso"), Firmware.UEFI));
        assertThat(done)
                .containsExactly(
                        "mkdir -p /var/lib/taplab/guests/db",
                        "qemu-img create -q -f qcow2 -F qcow2 -b /s/disk.qcow2 " + OVERLAY,
                        "cp /s/variables.fd " + VARIABLES);
    }

    @Test
    void aSnapshotGetsAllThatTheMachineHasWrittenAndTheSeed() {
        disk(Firmware.UEFI, CloudInit.NO_CLOUD).copyTo(SNAPSHOT);

        assertThat(done)
                .containsExactly(
                        "cp --sparse=always " + OVERLAY + " /s/disk.qcow2",
                        "cp --sparse=always " + SEED + " /s/seed.iso",
                        "cp --sparse=always " + VARIABLES + " /s/variables.fd");
    }

    @Test
    void whatIsNotThereIsNotCopied() {
        disk(Firmware.BIOS, CloudInit.OFF).copyTo(SNAPSHOT);

        assertThat(done).containsExactly("cp --sparse=always " + OVERLAY + " /s/disk.qcow2");
    }
}
