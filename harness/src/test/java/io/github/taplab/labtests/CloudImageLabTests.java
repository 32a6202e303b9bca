package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.GuestFile;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.Firmware;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A guest from a disk image is a guest like the small one, with UEFI and without libvirt too, and when it goes on from
 * a snapshot.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer
@MacvtapVm(
        name = "debian",
        image = "debian-cloud",
        firmware = Firmware.UEFI,
        attachment = Attachment.QEMU,
        boot = BootMode.WARM,
        seed =
                @Seed(
                        user = "alice",
                        password = "swordfish",
                        files = @GuestFile(path = "/etc/taplab/marker", content = "first\nsecond\n", mode = "0600"),
                        commands = "echo 'one two' >/root/command"))
@MacvtapVm(name = "small")
@Order(3) // One of the longest, so among the first: the last one would run alone.
class CloudImageLabTests {

    @Test
    void itGoesOnFromASnapshot(@FromLab("debian") Guest debian) {
        assertThat(Origin.of(debian)).isEqualTo(Origin.SNAPSHOT);
    }

    @Test
    void itsSeedIsFollowed(@FromLab("debian") Guest debian) {
        assertThat(debian.run("cat", "/etc/taplab/marker").stdout()).isEqualTo("first\nsecond\n");
        assertThat(debian.run("stat", "-c", "%a", "/etc/taplab/marker")).printed("600");
        assertThat(debian.run("cat", "/root/command")).printed("one two");
        assertThat(debian.run("id", "-un", "alice")).printed("alice");
        assertThat(debian.run("passwd", "-S", "alice").stdout()).startsWith("alice P ");
        assertThat(debian.run("hostname")).printed("debian");
        assertThat(debian.run("test", "-d", "/sys/firmware/efi")).succeeded();
    }

    @Test
    void itIsReachedAndReachesOthers(@FromLab("debian") Guest debian, @FromLab("small") Guest small, Client client) {
        assertThat(debian.macvtap()).hasMac(debian.mac());
        assertThat(client).reaches(debian.ip());
        assertThat(client.whoHas(debian.ip())).isAnsweredOnlyBy(debian.mac());
        assertThat(client.ssh(debian)).isConnected();
        assertThat(debian.ssh(small)).isConnected();
        assertThat(small.ssh(debian)).isConnected();
    }

    @Test
    void onlyADiskImageComesWithAScreen(@FromLab("debian") Guest debian, @FromLab("small") Guest small) {
        assertThat(debian.screenshot().png()).startsWith(0x89, 'P', 'N', 'G');
        assertThatThrownBy(small::screenshot).hasMessage("small has no screen: only a guest with an image has one");
        assertThatThrownBy(() -> debian.pressKeys("nosuchkey")).hasMessageContaining("nosuchkey");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatWasWrittenIsThereAfterARestart(@FromLab("debian") Guest debian) {
        String boot = debian.run("cat", "/proc/sys/kernel/random/boot_id").text();
        debian.sh("echo kept >/root/kept && sync");
        assertThat(Behind.of(GuestHandle.class, debian).hasRestarted()).isFalse();

        debian.reboot();

        assertThat(Behind.of(GuestHandle.class, debian).hasRestarted()).isFalse();

        assertThat(debian.run("cat", "/proc/sys/kernel/random/boot_id").text()).isNotEqualTo(boot);
        assertThat(debian.run("cat", "/root/kept")).printed("kept");
    }

    @Test
    void theImageItselfCantBeWrittenTo(Launcher launcher) {
        assertThat(launcher.sh("for i in /var/lib/taplab/disks/*/image; do echo x >>$i || echo refused; done"))
                .printed("refused");
    }
}
