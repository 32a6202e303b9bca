package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A guest's NIC can be the way to more than one MAC address: a virtual router's (VRRP) beside its own, a nested
 * machine's behind a bridge. A macvtap has one.
 */
@LabContainer(launchers = {"shared", "single"})
@MacvtapVm(name = "trusted", launcher = "shared", trustGuestRxFilters = true)
@MacvtapVm(name = "alone", launcher = "single", mode = MacvtapMode.PASSTHRU)
@Order(208)
@DisplayName("2.8 A second MAC address behind a guest's NIC")
@Question(
        value = "Why is a bridge, a macvlan or a VRRP address inside a VM on a macvtap out of reach?",
        answer =
                "The macvtap takes in unicast to one MAC address, and libvirt gives it no second one, be the VM trusted"
                        + " and promiscuous; mode passthru takes in all, mode source all of the senders that it is told",
        asked = {"https://github.com/kubevirt/kubevirt/issues/2925", "https://github.com/moby/libnetwork/issues/2587"})
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class SecondMacTests {

    private static final MacAddress VRRP_ROUTERS = MacAddress.ofGroup(InterfaceIp.ip("224.0.0.18"));
    private static final MacAddress VIRTUAL_ROUTER = MacAddress.of("00:00:5e:00:01:33");
    private static final MacAddress OTHER_VIRTUAL_ROUTER = MacAddress.of("00:00:5e:00:01:34");

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("in mode passthru frames to a macvlan's and to a bridge's come in, trusted or not")
    void passthruTakesThemIn(@FromLab("alone") Guest guest) {
        try (Undo router = InnerStation.macvlan(guest, OTHER_VIRTUAL_ROUTER)) {
            assertThat(client.deliver(OTHER_VIRTUAL_ROUTER, guest)).isEqualTo(TO_GUEST);
        }
        MacAddress bridges = guest.mac().sibling();
        try (Undo bridge = InnerStation.bridge(guest, bridges)) {
            assertThat(client.deliver(bridges, guest)).isEqualTo(TO_GUEST);
        }
    }

    @Test
    @Order(2)
    @DisplayName(
            "broken on purpose: a macvlan's, as of VRRP, is not given to the macvtap, although the guest is trusted")
    void macvlansIsNotSynchronised(@FromLab("trusted") Guest guest) {
        try (Undo router = InnerStation.macvlan(guest, VIRTUAL_ROUTER);
                Undo membership = guest.joinGroup(VRRP_ROUTERS)) {
            // QEMU tells libvirt of both. The group came later, and has arrived.
            assertThat(RxFilters.toldByQemu(guest)).contains(VIRTUAL_ROUTER.toString());
            eventually(() ->
                    assertThat(guest.launcher().groups(guest.macvtap().name())).contains(VRRP_ROUTERS));

            assertThat(client.deliver(VIRTUAL_ROUTER, guest)).isEqualTo(TO_PARENT);
            // It hears questions, and its answers get out.
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac(), VIRTUAL_ROUTER);
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: nor is a bridge's, although NIC and macvtap are promiscuous")
    void promiscuousModeDoesNotHelp(@FromLab("trusted") Guest guest) {
        MacAddress bridges = guest.mac().sibling();
        try (Undo bridge = InnerStation.bridge(guest, bridges)) {
            eventually(() -> assertThat(guest.macvtap()).isPromiscuous());
            assertThat(client.deliver(guest.mac(), guest)).isEqualTo(TO_GUEST);
            assertThat(client.deliver(bridges, guest)).isEqualTo(TO_PARENT);
        }
    }

    /** Mode source chooses by who has sent a frame, and not by whom it is for. libvirt does not know it. */
    @Test
    @Order(4)
    @DisplayName("in mode source all frames of a sender come in that the macvtap was told")
    void modeSourceTakesThemInFromAKnownSender(@FromLab("trusted") Guest guest) {
        try (Undo router = InnerStation.macvlan(guest, VIRTUAL_ROUTER)) {
            try (Undo source = setModeSource(guest, client.mac())) {
                assertThat(client.deliver(VIRTUAL_ROUTER, guest)).isEqualTo(TO_GUEST);
            }
            assertThat(client.deliver(VIRTUAL_ROUTER, guest)).isEqualTo(TO_PARENT);
        }
    }

    private static Undo setModeSource(Guest guest, MacAddress sender) {
        String macvtap = guest.macvtap().name();
        guest.launcher().run("ip", "link", "set", "dev", macvtap, "type", "macvtap", "mode", "source");
        guest.launcher()
                .run("ip", "link", "set", "dev", macvtap, "type", "macvtap", "macaddr", "add", sender.toString());
        return () -> guest.launcher().run("ip", "link", "set", "dev", macvtap, "type", "macvtap", "mode", "bridge");
    }
}
