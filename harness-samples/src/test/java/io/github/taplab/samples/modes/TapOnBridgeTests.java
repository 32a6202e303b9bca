package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(ipv6 = true)
@MacvtapVm(attachment = Attachment.BRIDGE)
@Order(410)
@DisplayName("4.10 A tap on a bridge: the rules that are a macvtap's own")
@Question(
        value = "Which of a macvtap's rules does a virtual machine escape whose tap is on a Linux bridge?",
        answer = "Its tap has another MAC address than it has, it may change its own, hears frames for others and for"
                + " any group, and talks to its own container")
class TapOnBridgeTests {

    private static final MacAddress NOBODY = MacAddress.of("02:00:00:00:00:77");
    private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:77");
    private static final FrameKind PROBE =
            FrameKind.of("probe", frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL);

    @Test
    @Order(1)
    @DisplayName("the tap has another MAC address than its guest, and the guest is reached")
    void tapHasAnotherMacThanItsGuest(Guest guest, Client client) {
        assertThat(guest.macvtap()).isNotMacvtap().doesNotHaveMac(guest.mac());
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        assertThat(client).reaches(guest);
    }

    @Test
    @Order(2)
    @DisplayName("a guest that changes its MAC address is reached at the new one: the bridge learns it")
    void bridgeLearnsAChangedMac(Guest guest, Client client) {
        MacAddress original = guest.mac();
        guest.setMac(original.sibling());
        try {
            client.flushNeighbours();
            assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), original.sibling());
        } finally {
            guest.setMac(original);
        }
    }

    @Test
    @Order(3)
    @DisplayName("the launcher and its guest reach each other")
    void launcherReachesItsGuest(Guest guest, Launcher launcher, Client client) {
        assertThat(launcher).reaches(guest);
        assertThat(guest).reaches(launcher);
        assertThat(launcher.ssh(guest)).isConnected();
        assertThat(client).reaches(guest).reaches(launcher);
    }

    @Test
    @Order(4)
    @DisplayName("frames for an unknown station and for any group come as far as the guest's tap")
    void framesForOthersReachTheTap(Guest guest, Launcher launcher, Client client, Lab lab) {
        Traffic seen = lab.trafficOf(() -> {
            client.send(EthernetFrame.probe(client.mac(), NOBODY));
            client.send(EthernetFrame.probe(client.mac(), GROUP));
            // Sent later, and known to come through.
            assertThat(client.whoHas(guest.ip())).isAnswered();
        });

        assertThat(seen)
                .hasPassed(PROBE.to(NOBODY), client, launcher, guest)
                .hasPassed(PROBE.to(GROUP), client, launcher, guest);
    }

    @Test
    @Order(5)
    @DisplayName("with eth0 down the guest is cut off from all but its launcher, and its tap keeps its carrier")
    @SuppressWarnings("try") // It is down as long as the block lasts.
    void withEth0DownTheBridgeStillWorks(Guest guest, Launcher launcher, Client client) {
        try (Undo down = launcher.takeDown("eth0")) {
            assertThat(guest.macvtap()).hasCarrier();
            assertThat(client).doesNotReach(guest.ip());
            assertThat(launcher).reaches(guest.ip());
        }
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(6)
    @DisplayName(
            "broken on purpose: at a port that neither learns nor floods, a changed MAC cuts off as a macvtap does")
    void withoutLearningAChangedMacCutsTheGuestOff(Guest guest, Launcher launcher, Client client) {
        MacAddress original = guest.mac();
        String tap = guest.macvtap().name();
        MacAddress unknown = MacAddress.of("02:9e:00:00:00:76");
        assertThat(client).reaches(guest.ip());
        launcher.run("bridge", "link", "set", "dev", tap, "learning", "off", "flood", "off");
        guest.setMac(unknown);
        try {
            client.flushNeighbours();
            assertThat(client).doesNotReach(guest.ip()).hasNeighbour(guest.ip(), unknown);
        } finally {
            guest.setMac(original);
            launcher.run("bridge", "link", "set", "dev", tap, "learning", "on", "flood", "on");
        }
        client.flushNeighbours();
        assertThat(client).reaches(guest.ip());
    }
}
