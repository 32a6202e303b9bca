package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapNic;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
import java.util.Optional;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Guests with taps on a bridge of their launcher. Those tests that cost a guest its addresses come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer(ipv6 = true)
@MacvtapVm(name = "left", attachment = Attachment.BRIDGE, cpus = 2, queues = 2, mtu = 1400)
@MacvtapVm(
        name = "right",
        attachment = Attachment.BRIDGE,
        moreNics = @MacvtapNic(address = GuestAddress.NONE, linkUp = false))
class BridgeAttachmentLabTests {

    @Test
    @Order(1)
    void bridgeHasTakenOverWhatTheParentHad(Launcher launcher, Client client) {
        Link parent = launcher.parent();

        assertThat(parent.name()).isEqualTo("eth0");
        assertThat(launcher.nic()).isEqualTo("br0");
        assertThat(launcher.link("br0")).hasMac(parent.mac());
        assertThat(launcher.sh("ip -o address show dev eth0").stdout()).isEmpty();
        assertThat(client).reaches(launcher.ip()).reaches(launcher.ip6()).hasNeighbour(launcher.ip(), parent.mac());
        assertThat(client.whoHas(launcher.ip())).isAnsweredOnlyBy(parent.mac());
    }

    @Test
    @Order(1)
    void everybodyReachesEverybody(
            @FromLab("left") Guest left, @FromLab("right") Guest right, Launcher launcher, Client client) {
        assertThat(left).reaches(right).reaches(launcher).reaches(client);
        assertThat(launcher).reaches(left).reaches(right).reaches(client);
        assertThat(client).reaches(left).reaches(right);
        assertThat(client.ssh(left)).isConnected();
    }

    @Test
    @Order(1)
    void guestsEndIsATapOfTheBridge(@FromLab("left") Guest guest, Launcher launcher) {
        Link tap = guest.macvtap();

        assertThat(tap).isNotMacvtap().doesNotHaveMac(guest.mac());
        assertThat(tap.kind()).isEqualTo(Optional.of("tun"));
        assertThat(launcher.sh("ls /sys/class/net/br0/brif").stdout()).contains("eth0", tap.name());
        assertThat(launcher.macvtaps()).isEmpty();
        assertThat(guest.domainXml()).contains("type='bridge'", "<source bridge='br0'/>");
        assertThat(guest.sh("ls /sys/class/net/eth0/queues")).printed("rx-0\nrx-1\ntx-0\ntx-1");
        assertThat(tap).hasMtu(1400);
        assertThat(guest.link("eth0")).hasMtu(1400);
    }

    @Test
    @Order(1)
    void launchersCableIsTheParents(@FromLab("left") Guest guest, Launcher launcher, Client client) {
        Undo cable = launcher.unplugCable();
        assertThat(launcher.parent()).hasNoCarrier();
        assertThat(client).doesNotReach(launcher.ip());
        assertThat(launcher).reaches(guest.ip());

        cable.close();
        assertThat(client).reaches(launcher.ip()).reaches(guest.ip());
    }

    @Test
    @Order(2)
    void hotUnpluggedNicComesBackWithAllThatItHad(@FromLab("left") Guest guest, Client client) {
        MacAddress mac = guest.mac();

        Undo nic = guest.hotUnplug();
        assertThatExceptionOfType(NotThereException.class).isThrownBy(guest::macvtap);

        nic.close();
        assertThat(guest.link("eth0")).hasMac(mac);
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(2)
    void secondNicHasATapOfItsOwnAndNoCable(@FromLab("right") Guest guest) {
        Guest second = guest.on("eth1");

        assertThat(second.macvtap()).hasOtherMacThan(guest.macvtap());
        assertThat(second.shell().sh("ip link set eth1 up; cat /sys/class/net/eth1/carrier"))
                .printed("0");
    }

    @Test
    @Order(3)
    void rebootedGuestIsFreshAndItsTapIsThere(@FromLab("right") Guest guest) {
        String tap = guest.macvtap().name();

        guest.reboot();

        assertThat(guest).hasNoIpv4Address();
        assertThat(guest.macvtap().name()).isEqualTo(tap);
    }
}
