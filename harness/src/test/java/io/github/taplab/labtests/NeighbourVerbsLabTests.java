package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Node;
import io.github.taplab.node.Route;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking and telling neighbours, by IPv6 too, and what an interface takes in: in a container and in a guest. */
@LabContainer(ipv6 = true)
@MacvtapVm(trustGuestRxFilters = true)
class NeighbourVerbsLabTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final MacAddress GROUP = MacAddress.ofGroup(InterfaceIp.ip("239.1.2.3"));

    // For documentation (RFC 3849): only in routing tables here, nothing is sent there.
    private static final Prefix ELSEWHERE = Prefix.of("2001:db8::/32");

    private static Node node(String name, Lab lab) {
        return name.equals("guest") ? lab.guest() : lab.client();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void whoHasAnIpv6Address(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);
        node.flushNeighbours();

        assertThat(node.whoHas(gateway.ip6())).isAnsweredOnlyBy(gateway.mac());
        assertThat(node.whoHas(gateway.interfaceIp6().plus(249).ip())).isNotAnswered();
        assertThat(node.neighbours()).noneMatch(entry -> entry.ip().equals(gateway.ip6()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void routesOfIpv6(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);
        InetAddress hop = gateway.ip6();
        List<Route> before = node.routes();

        node.addRoute(ELSEWHERE, hop);
        node.addDefaultRoute(hop);
        assertThat(node.routes())
                .contains(
                        new Route(ELSEWHERE, Optional.of(hop), node.nic()),
                        new Route(Prefix.ALL_IPV6, Optional.of(hop), node.nic()));
        assertThat(node).hasDefaultRouteVia(hop).hasDefaultRouteVia(lab.subnet().host(1));

        node.removeRoute(ELSEWHERE);
        node.removeDefaultRoute();
        assertThat(node).hasNoDefaultRoute();
        assertThatThrownBy(node::removeDefaultRoute).isInstanceOf(CommandFailedException.class);

        node.addDefaultRoute(lab.subnet().host(1));
        assertThat(node.routes()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void whoHasAnIpv6AddressTwice(Lab lab, Gateway gateway, Guest guest, Client client) {
        InterfaceIp shared = gateway.interfaceIp6().plus(199);
        for (Node node : new Node[] {gateway, guest}) {
            node.run("ip", "address", "add", shared.toString(), "dev", node.nic(), "nodad");
        }
        try {
            assertThat(client.whoHas(shared.ip())).isAnsweredOnlyBy(gateway.mac(), guest.mac());
            assertThatThrownBy(() -> assertThat(client.whoHas(shared.ip())).isAnsweredOnlyBy(guest.mac()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "Neighbour solicitation for %s, asked by client".formatted(InterfaceIp.text(shared.ip())))
                    .hasMessageContaining("from nobody else")
                    .hasMessageContaining("Target link-layer address");
        } finally {
            gateway.removeAddress(shared);
            guest.removeAddress(shared);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void announcesAnIpv4Address(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);
        InetAddress ip = node.ip();
        try (Capture capture = gateway.capture(gateway.nic(), "arp")) {
            node.announce(ip);

            Frame announcement = capture.await(
                    "the announcement",
                    frame -> frame.arp().filter(arp -> arp.announces(ip)).isPresent(),
                    SOON);
            assertThat(announcement.source()).isEqualTo(node.mac());
            assertThat(announcement.destination()).isEqualTo(MacAddress.BROADCAST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void announcesNoAddressOfOthers(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);

        for (InetAddress others : new InetAddress[] {gateway.ip(), gateway.ip6()}) {
            assertThatThrownBy(() -> node.announce(others))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("%s can't announce %s, which it does not have on eth0: ["
                            .formatted(name, InterfaceIp.text(others)))
                    .hasMessageContaining(node.interfaceIp().toString());
        }
    }

    @Test
    void announcesAnIpv6AddressFromAContainer(Gateway gateway, Client client) {
        InetAddress ip = client.ip6();
        enterWrongNeighbour(gateway, ip);

        client.announce(ip);
        eventually(() -> assertThat(gateway).hasNeighbour(ip, client.mac()));
    }

    @Test
    void announcesAGuestsIpv6AddressFromItsMacvtap(Gateway gateway, Guest guest) {
        InetAddress ip = guest.ip6();
        assertThatThrownBy(() -> guest.announce(ip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guest has no tool that announces an IPv6 address, such as " + InterfaceIp.text(ip)
                        + "; send the announcement from the launcher's end of its NIC:"
                        + " guest.launcher().send(guest.macvtap().name(),"
                        + " EthernetFrame.neighbourAdvertisement(guest.mac(), ip))");
        enterWrongNeighbour(gateway, ip);

        guest.launcher().send(guest.macvtap().name(), EthernetFrame.neighbourAdvertisement(guest.mac(), ip));
        eventually(() -> assertThat(gateway).hasNeighbour(ip, guest.mac()));
    }

    private static void enterWrongNeighbour(Node node, InetAddress ip) {
        String wrong = node.mac().sibling().toString();
        node.run("ip", "neigh", "replace", InterfaceIp.text(ip), "lladdr", wrong, "dev", node.nic(), "nud", "stale");
        assertThat(node).hasNeighbour(ip, node.mac().sibling());
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void duplicateAddressDetection(String name, Lab lab, Gateway gateway) {
        Node node = node(name, lab);
        InetAddress own = node.ip6();
        InterfaceIp taken = gateway.interfaceIp6();
        InterfaceIp free = gateway.interfaceIp6().plus(200);

        node.addAddress(taken);
        node.addAddress(free);
        try {
            eventually(() -> assertThat(node).hasDuplicateAddress(taken.ip()));
            eventually(() -> assertThat(node).hasUsableAddress(free.ip()));
            assertThat(node).hasAddress(taken.ip()).hasUsableAddress(own).hasUsableAddress(node.ip());
            assertThatThrownBy(() -> assertThat(node).hasUsableAddress(taken.ip()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("Node " + name)
                    .hasMessageContaining("address %s on eth0, neither tentative nor a duplicate"
                            .formatted(InterfaceIp.text(taken.ip())))
                    .hasMessageContaining(taken + " dev eth0 scope global tentative dadfailed");
            assertThatThrownBy(() -> assertThat(node).hasDuplicateAddress(free.ip()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("detected as a duplicate (dadfailed)");
        } finally {
            node.removeAddress(taken);
            node.removeAddress(free);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void joinsAGroup(String name, Lab lab) {
        Node node = node(name, lab);
        assertThat(node.groups("eth0")).doesNotContain(GROUP).contains(MacAddress.ofGroup(InterfaceIp.ip("ff02::1")));

        Undo outer = node.joinGroup(GROUP);
        assertThat(node.groups("eth0")).contains(GROUP);
        node.joinGroup(GROUP).close();
        assertThat(node.groups("eth0")).contains(GROUP);
        outer.close();
        assertThat(node.groups("eth0")).doesNotContain(GROUP);
        outer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void promiscuousModeAndAllMulticast(String name, Lab lab) {
        Node node = node(name, lab);
        assertThat(node.link("eth0")).isNotPromiscuous();

        Undo promiscuous = node.enablePromiscuousMode("eth0");
        assertThat(node.link("eth0")).isPromiscuous();
        assertThat(node.link("eth0").allMulticast()).isFalse();
        promiscuous.close();
        assertThat(node.link("eth0")).isNotPromiscuous();

        Undo allMulticast = node.enableAllMulticast("eth0");
        assertThat(node.link("eth0").allMulticast()).isTrue();
        assertThat(node.link("eth0")).isNotPromiscuous();
        allMulticast.close();
        assertThat(node.link("eth0").allMulticast()).isFalse();
    }
}
