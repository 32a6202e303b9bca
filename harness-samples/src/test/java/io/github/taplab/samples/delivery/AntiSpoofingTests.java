package io.github.taplab.samples.delivery;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Ports;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a guest must not send is stopped where it leaves its macvtap, so the rules are out of the guest's reach. */
@Question(
        value = "How can a guest on a macvtap be kept from pretending to be somebody else?",
        answer = "Not by libvirt's nwfilter, but by nftables on the egress of its macvtap: a rule each for the MAC"
                + " address, ARP, IPv4, IPv6, neighbour discovery, DHCP and router advertisements")
@LabContainer(ipv6 = true)
@MacvtapVm
@Order(510)
@DisplayName("5.10 Anti-spoofing by rules on the macvtap")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class AntiSpoofingTests {

    private static final InetAddress LINK_LOCAL = InterfaceIp.ip("fe80::1");

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private Forger forger;

    @BeforeEach
    void takeTheGuestsPlace() {
        forger = new Forger(guest, client);
    }

    @Test
    @Order(1)
    @DisplayName("a frame with another MAC address")
    void mac() {
        MacAddress other = guest.mac().sibling();
        forger.isStoppedBy(
                "ether saddr != " + guest.mac(),
                EthernetFrame.probe(other, client.mac()),
                FrameKind.of("frame", frame -> true).from(other));
    }

    @Test
    @Order(2)
    @DisplayName("an ARP answer for the launcher's address")
    void arp() {
        forger.isStoppedBy(
                "arp saddr ip != " + guest.ip().getHostAddress(),
                EthernetFrame.arpReply(guest.mac(), launcher.ip(), client.mac(), client.ip()),
                FrameKind.answerFor(launcher.ip()));
    }

    @Test
    @Order(3)
    @DisplayName("a packet from the launcher's IPv4 address")
    void ipv4() {
        forger.isStoppedBy(
                "ip saddr != " + guest.ip().getHostAddress(),
                forger.datagram(launcher.ip(), client.ip(), new Ports(9, 9)),
                Forger.datagramTo(9));
    }

    @Test
    @Order(4)
    @DisplayName("a packet from the launcher's IPv6 address")
    void ipv6() {
        forger.isStoppedBy(
                "ip6 saddr != { ::, fe80::/10, %s }".formatted(InterfaceIp.text(guest.ip6())),
                forger.datagram(launcher.ip6(), client.ip6(), new Ports(9, 9)),
                Forger.datagramTo(9));
    }

    @Test
    @Order(5)
    @DisplayName("a neighbour advertisement of the launcher's IPv6 address")
    void neighbourAdvertisement() {
        forger.isStoppedBy(
                "icmpv6 type nd-neighbor-advert icmpv6 taddr != { fe80::/10, %s }"
                        .formatted(InterfaceIp.text(guest.ip6())),
                EthernetFrame.neighbourAdvertisement(guest.mac(), launcher.ip6()),
                FrameKind.answerFor(launcher.ip6()));
    }

    @Test
    @Order(6)
    @DisplayName("an answer of a DHCP server")
    void dhcpServer() {
        forger.isStoppedBy(
                "udp sport 67", forger.datagram(guest.ip(), client.ip(), new Ports(67, 68)), Forger.datagramTo(68));
    }

    @Test
    @Order(7)
    @DisplayName("a router advertisement")
    void routerAdvertisement() {
        forger.isStoppedBy(
                "icmpv6 type nd-router-advert",
                RouterAdvertisement.from(guest.mac(), LINK_LOCAL),
                RouterAdvertisement.KIND);
    }
}
