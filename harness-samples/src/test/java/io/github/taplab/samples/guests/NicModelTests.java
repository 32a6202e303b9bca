package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.NicModel;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "emulated", model = NicModel.E1000E)
@MacvtapVm(name = "virtio", cpus = 2, queues = 2)
@Order(803)
@DisplayName("8.3 What the guest takes its NIC for is the same to the macvtap")
class NicModelTests {

    @Test
    @Order(1)
    @DisplayName("an emulated Intel NIC: its own driver, the macvtap's MAC address, and SSH works")
    void emulatedNic(@FromLab("emulated") Guest guest, Client client) {
        assertThat(guest.sh("basename $(readlink /sys/class/net/eth0/device/driver)"))
                .printed("e1000e");
        assertThat(guest.link("eth0")).hasMac(guest.macvtap().mac());
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(2)
    @DisplayName("a virtio NIC with two pairs of queues: QEMU has the tap open twice")
    void queues(@FromLab("virtio") Guest guest, @FromLab("emulated") Guest other, Client client) {
        assertThat(guest.sh("basename $(readlink /sys/class/net/eth0/device/driver)"))
                .printed("virtio_net");
        assertThat(guest.sh("ls -d /sys/class/net/eth0/queues/rx-*").stdout().lines())
                .hasSize(2);
        assertThat(openTaps(guest)).isEqualTo(2);
        assertThat(openTaps(other)).isEqualTo(1);
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(3)
    @DisplayName("a pulled cable is seen by either, and found again")
    @SuppressWarnings("try") // The cable is out as long as the block lasts.
    void cable(@FromLab("emulated") Guest emulated, @FromLab("virtio") Guest virtio, Client client) {
        for (Guest guest : new Guest[] {emulated, virtio}) {
            try (Undo cable = guest.unplugCable()) {
                assertThat(guest.link("eth0").carrier()).isFalse();
                assertThat(guest.macvtap().carrier()).isTrue();
                assertThat(client).doesNotReach(guest.ip());
            }
            assertThat(guest.link("eth0").carrier()).isTrue();
            assertThat(client).reaches(guest.ip());
        }
    }

    /** The open descriptors of the guest's QEMU that are its macvtap's device. */
    private static long openTaps(Guest guest) {
        String pid = guest.launcher()
                .run("cat", "/run/libvirt/qemu/" + guest.name() + ".pid")
                .text();
        String device = "/dev/tap" + guest.macvtap().index();
        return Stream.of(guest.launcher()
                        .sh("readlink /proc/" + pid + "/fd/*")
                        .stdout()
                        .split("\n"))
                .filter(device::equals)
                .count();
    }
}
