package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two guests that go on from one snapshot, in two labs: they have begun alike, and are two machines from then on. */
@LabContainer(clients = "here")
@MacvtapVm(name = "first", attachment = Attachment.QEMU, boot = BootMode.WARM)
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class TwoOfOneSnapshotLabTests {

    private static final String RANDOM = "head -c 16 /dev/urandom | sha256sum";

    @FromLab
    static Guest first;

    @FromLab
    static Client here;

    @Nested
    @LabContainer(clients = "there")
    @MacvtapVm(name = "second", attachment = Attachment.QEMU, boot = BootMode.WARM)
    class Other {

        @Test
        void theyHaveBegunAlike(Guest second) {
            String booted = "dmesg | grep 'random: crng init done'";

            assertThat(second.mac()).isEqualTo(first.mac());
            assertThat(second.sh(booted).text()).isEqualTo(first.sh(booted).text());
        }

        @Test
        void theirRandomNumbersDiffer(Guest second) {
            String sown = "random: crng reseeded due to virtual machine fork";

            assertThat(first.sh("dmesg").text()).contains(sown);
            assertThat(second.sh("dmesg").text()).contains(sown);
            assertThat(second.sh(RANDOM).text()).isNotEqualTo(first.sh(RANDOM).text());
        }

        @Test
        void theirHostKeysDiffer(Guest second, @FromLab("there") Client there) {
            assertThat(here.ssh(first)).isConnected();
            assertThat(there.ssh(second)).isConnected();
            assertThat(second.run("host-key").text())
                    .isNotEqualTo(first.run("host-key").text());
        }

        @Test
        void theSecondCannotChangeTheSnapshot(Guest second) {
            assertThat(second.launcher().tryRun("sh", "-c", "touch /var/lib/taplab/snapshots/*/memory"))
                    .failed()
                    .satisfies(result -> assertThat(result.stderr()).contains("Read-only file system"));
        }

        @Test
        void whatOneWritesTheOtherDoesNotSee(Guest second) {
            first.run("touch", "/of-the-first");

            assertThat(first.tryRun("test", "-e", "/of-the-first")).succeeded();
            assertThat(second.tryRun("test", "-e", "/of-the-first")).failed();
        }
    }
}
