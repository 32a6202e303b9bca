package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.capture.Capture;
import io.github.taplab.node.Node;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of links, each there while its block lasts. */
@SuppressWarnings("try") // A fault is there as long as its block lasts.
@Order(7) // One of the longest, so among the first: the last one would run alone.
class LinkFaultsLabTests extends FaultsFixture {

    @ParameterizedTest
    @ValueSource(strings = {"near", "launcher", "left"})
    void aLinkTakenDownComesBackWithItsRoutesAndAddresses(String name) {
        Node node = node(name);
        node.run(
                "ip",
                "neigh",
                "replace",
                far.ip().getHostAddress(),
                "lladdr",
                far.mac().toString(),
                "dev",
                "eth0",
                "nud",
                "permanent");
        before = states();

        try (Undo down = node.takeDown("eth0")) {
            assertThat(node.link("eth0")).isDown().hasNoCarrier();
            assertThat(node).hasNoDefaultRoute();
            assertThat(far).doesNotReach(node.ip());
        }
        assertThat(states()).isEqualTo(before);
        assertReach(far, node);

        node.run("ip", "neigh", "delete", far.ip().getHostAddress(), "dev", "eth0");
        before = states();
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> near.takeDown("eth7"))
                .isInstanceOf(NotThereException.class)
                .hasMessage("No interface eth7 on near, there are [lo, eth0]");
        assertThatThrownBy(() -> near.overrideMtu("eth0", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("near.overrideMtu: an MTU in bytes is 68 to 65535, found -1");
        assertThatThrownBy(() -> near.spoofMac(MacAddress.BROADCAST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("near.spoofMac: ")
                .hasMessageEndingWith("ff:ff:ff:ff:ff:ff");
        assertThatThrownBy(() -> near.partitionFrom(near))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("near can't be partitioned from itself");
        assertThatThrownBy(() -> near.forgeArpAnswers(left.ip6(), near.mac()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ARP asks for IPv4 addresses, found " + InterfaceIp.text(left.ip6()));
    }

    @Test
    void aLinkThatWasDownStaysDown() {
        Undo down = near.takeDown("eth0");
        near.takeDown("eth0").close();
        assertThat(near.link("eth0")).isDown();
        down.close();
        assertThat(near.link("eth0")).isUp();
        try (Undo again = near.takeDown("eth0")) {
            down.close();
            assertThat(near.link("eth0")).isDown();
        }
    }

    @Test
    void aMacvtapTakenDownCutsItsGuestOnly() {
        try (Undo down = launcher.takeDown(left.macvtap().name())) {
            assertThat(left.macvtap()).isDown();
            assertThat(far).doesNotReach(left.ip());
            assertThat(far).reaches(lab.guest("right").ip());
        }
        assertReach(far, left);
    }

    @Test
    void theMacvtapsFollowTheirParentsMtu() {
        try (Undo small = launcher.overrideMtu("eth0", 1400)) {
            assertThat(launcher.parent().mtu()).isEqualTo(1400);
            assertThat(left.macvtap().mtu()).isEqualTo(1400);
            try (Undo smaller = launcher.overrideMtu("eth0", 1300)) {
                assertThat(left.macvtap().mtu()).isEqualTo(1300);
            }
            assertThat(left.macvtap().mtu()).isEqualTo(1400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "left"})
    void belowIpv6sLeastMtuTheAddressesComeBack(String name) {
        Node node = node(name);
        try (Undo small = node.overrideMtu("eth0", 1000)) {
            assertThat(node.link("eth0").mtu()).isEqualTo(1000);
            assertThat(node.addresses()).allMatch(address -> address.isIpv4());
        }
        assertReach(far, node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"near", "left"})
    void aSpoofedMacIsSentWith(String name) {
        Node node = node(name);
        MacAddress own = node.mac();
        try (Capture arp = far.capture("eth0", "arp");
                Undo spoofed = node.spoofMac(own.sibling())) {
            node.whoHas(far.ip());
            arp.await(
                    "a question of the spoofed address", frame -> frame.source().equals(own.sibling()), SOON);
        }
        assertThat(node).hasMac(own);
        assertReach(far, node);
    }

    @Test
    void whereSeveralFaultsMeetEachTakesItsOwnBack() {
        MacAddress own = near.mac();
        try (Undo spoofed = near.spoofMac(own.sibling())) {
            try (Undo down = near.takeDown("eth0")) {
                try (Undo small = near.overrideMtu("eth0", 1000)) {
                    assertThat(near.link("eth0").mtu()).isEqualTo(1000);
                }
                assertThat(near.link("eth0")).isDown();
            }
            assertThat(near.link("eth0")).isUp().hasMac(own.sibling());
            assertReach(far, near);
        }
        assertReach(far, near);
    }

    @Test
    void withoutItsCableANodeHasNoCarrier() {
        try (Undo unplugged = near.unplugCable()) {
            assertThat(near.link("eth0")).isUp().hasNoCarrier().hasOperState("down");
            assertThat(near).hasDefaultRouteVia(lab.subnet().host(1));
            assertThat(far).doesNotReach(near.ip());
            near.unplugCable().close();
            assertThat(near.link("eth0")).hasNoCarrier();
        }
        assertThat(near.link("eth0")).hasCarrier();
        assertReach(far, near);
    }

    @Test
    void hairpinsEndEachByItself() {
        try (Undo hairpin = launcher.enableHairpin()) {
            try (Undo unplugged = launcher.unplugCable()) {
                launcher.enableHairpin().close();
            }
            eventually(() -> assertThat(launcher).reaches(left.ip()));
        }
        launcher.flushNeighbours();
        assertThat(launcher).doesNotReach(left.ip());
    }
}
