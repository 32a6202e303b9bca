package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.GivenSettings;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests from a disk image that go on from one snapshot, in two labs: they have begun alike, and are two machines from
 * then on, with a disk each.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@LabContainer(clients = "here")
@MacvtapVm(name = "debian", image = "debian-cloud", memoryMib = WarmImageLabTests.MEMORY_MIB, boot = BootMode.WARM)
@Order(2) // One of the longest, so among the first: the last one would run alone.
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class WarmImageLabTests {

    // No other class has such a guest, so its snapshot is this class's alone.
    static final int MEMORY_MIB = 769;

    @FromLab
    static Guest first;

    @FromLab
    static Client here;

    @Nested
    @Order(1)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @LabContainer(clients = "there")
    @MacvtapVm(
            name = "debian",
            image = "debian-cloud",
            memoryMib = MEMORY_MIB,
            attachment = Attachment.PRE_CREATED,
            boot = BootMode.WARM)
    class Other {

        @Test
        void bothGoOnFromASnapshot(Guest second) {
            assertThat(Origin.of(first)).isEqualTo(Origin.SNAPSHOT);
            assertThat(Origin.of(second)).isEqualTo(Origin.SNAPSHOT);
        }

        @Test
        void theirClocksHaveNotStoodStill(Guest second) {
            Instant seen = Instant.ofEpochSecond(
                    Long.parseLong(second.run("date", "+%s").text()));

            assertThat(Duration.between(seen, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
        }

        @Test
        void theyHaveBegunAlike(Guest second) {
            String booted = "/proc/sys/kernel/random/boot_id";

            assertThat(second.mac()).isEqualTo(first.mac());
            assertThat(second.run("cat", booted).text())
                    .isEqualTo(first.run("cat", booted).text());
            assertThat(second.run("hostname")).printed("debian");
        }

        @Test
        void theirMachineIdsDiffer(Guest second) {
            String machineId = first.run("cat", "/etc/machine-id").text();

            assertThat(machineId).matches("[0-9a-f]{32}");
            assertThat(second.run("cat", "/etc/machine-id").text()).isNotEqualTo(machineId);
            assertThat(first.run("cat", "/var/lib/dbus/machine-id")).printed(machineId);
        }

        @Test
        void theirJournalsAreStillRead(Guest second) {
            second.run("logger", "-t", "spec", "said after the snapshot");
            second.run("journalctl", "--sync");
            // What is still written to, journalctl now and then takes for truncated (systemd issue 40053).
            second.run("journalctl", "--rotate");

            assertThat(second.run("journalctl", "-q", "-o", "cat", "-t", "spec"))
                    .printed("said after the snapshot");
            assertThat(second.run("journalctl", "-q", "-o", "cat", "-t", "cloud-init")
                            .stdout())
                    .isNotBlank();
        }

        @Test
        void theirRandomNumbersDiffer(Guest second) {
            String random = "head -c 16 /dev/urandom | sha256sum";

            assertThat(second.sh("dmesg").text()).contains("random: crng reseeded due to virtual machine fork");
            assertThat(second.sh(random).text()).isNotEqualTo(first.sh(random).text());
        }

        @Test
        void theirHostKeysDifferAndAreThoseOfTheirServers(Guest second, @FromLab("there") Client there) {
            String keys = "cut -d ' ' -f 2 /etc/ssh/ssh_host_*_key.pub";

            assertThat(second.sh(keys).stdout().lines())
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(first.sh(keys).stdout().lines().toList());
            assertThat(second.sh("stat -c %a /etc/ssh/ssh_host_*_key").stdout().lines())
                    .containsOnly("600");
            assertThat(here.ssh(first)).isConnected();
            assertThat(there.ssh(second)).isConnected();
        }

        @Test
        void whatOneWritesTheOtherDoesNotSee(Guest second) {
            first.sh("echo first >/root/note && sync");

            assertThat(first.run("cat", "/root/note")).printed("first");
            assertThat(second.tryRun("test", "-e", "/root/note")).failed();
        }

        @Test
        void theSecondCannotChangeTheSnapshot(Guest second) {
            assertThat(second.launcher().tryRun("sh", "-c", "echo >>$(ls /var/lib/taplab/snapshots/*/disk.qcow2)"))
                    .failed()
                    .satisfies(result -> assertThat(result.stderr()).contains("Read-only file system"));
        }

        @Test
        void theConsoleBeginsWithTheBootAndGoesOn(Guest second) {
            assertThat(second.console().text()).contains("Linux version");
            assertThat(second.console().awaitLine("Cloud-init .* finished at")).contains("DataSourceNoCloud");

            second.sh("echo said after the snapshot >/dev/ttyS0");
            second.console().awaitLine("said after the snapshot", Duration.ofSeconds(10));
        }

        @Test
        @Order(Integer.MAX_VALUE)
        void whatWasWrittenIsThereAfterARestart(Guest second) {
            second.sh("echo second >/root/note && sync");
            Shutdown.isKilled(second, "");
            assertThatThrownBy(second::reboot)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("debian does not reboot: ");
            Shutdown.isKilled(second, "systemctl reboot --no-block");

            second.reboot();

            assertThat(Uptime.ofSystem(second)).isLessThan(Uptime.ofMachine(second));
            assertThat(second.run("cat", "/root/note")).printed("second");
        }
    }

    /** Behind the others: it does away with their snapshot. */
    @Nested
    @Order(2)
    class Broken {

        @Test
        void whereItsDiskIsCutOffTheGuestBoots(@TempDir Path output) {
            String volume =
                    first.launcher().run("ls", "/var/lib/taplab/snapshots").text();
            assertThat(EngineView.snapshotsIn(volume)).hasSize(1);
            cutOff(volume);

            Fixtures.run(EitherCase.class, output, Map.of("taplab.acceleration", "tcg", "taplab.boot", "either"))
                    .testEvents()
                    .assertStatistics(events -> events.started(1).succeeded(1));

            assertThat(EngineView.snapshotsIn(volume)).isEmpty();
        }

        // By a new file: there are running guests on top of the old one.
        private void cutOff(String volume) {
            DockerEngine docker = DockerEngine.connect(new EngineName.Local());
            try {
                String lab = new BuiltImages(GivenSettings.read()).lab().ensure(docker, Map.of(), line -> {});
                ContainerRequest request = ContainerRequest.withoutNetwork(
                        volume + "-cut", lab, List.of(new VolumeMount(volume, "/snapshot", false)), Map.of());
                try (LeasedContainer container = docker.containers().start(request)) {
                    container.awaitReady();
                    String cut = "cd /snapshot && head -c 300000 disk.qcow2 >cut && mv cut disk.qcow2";
                    container
                            .exec(volume, Duration.ofSeconds(20), List.of("sh", "-c", cut))
                            .orThrow();
                }
            } finally {
                docker.close();
            }
        }
    }

    @Disabled("run by this class")
    @LabContainer
    @MacvtapVm(
            name = "debian",
            image = "debian-cloud",
            memoryMib = WarmImageLabTests.MEMORY_MIB,
            boot = BootMode.EITHER)
    static class EitherCase {

        @Test
        void boots(Guest guest) {
            assertThat(Origin.of(guest)).isEqualTo(Origin.BOOT);
        }
    }
}
