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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a guest must not send is stopped where it leaves its macvtap, so the rules are out of the guest's reach. */
@Question(
        value = "How can a guest on a macvtap be kept from pretending to be somebody else?",
        answer = "Not by libvirt's nwfilter, but by nftables on the egress of its macvtap: a rule each for the MAC"
                + " address, ARP, IPv4, IPv6, neighbour discovery, DHCP and router advertisements, and meta protocol"
                + " { 8021q, 8021ad } drop, since all but the first do not see what has a priority tag")
@LabContainer(ipv6 = true)
@MacvtapVm
@Order(510)
@DisplayName("5.10 Anti-spoofing by rules on the macvtap")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class AntiSpoofingTests {

    @FromLab
    Guest guest;

    private Forger forger;

    @BeforeEach
    void takeTheGuestsPlace(Client client) {
        forger = new Forger(guest, client);
    }

    @Test
    @Order(1)
    @DisplayName("a frame with another MAC address")
    void mac(Client client) {
        forger.isStoppedBy(
                "ether saddr != " + guest.mac(),
                EthernetFrame.probe(guest.mac().sibling(), client.mac()),
                FrameKind.of("frame", frame -> true).from(guest.mac().sibling()));
    }

    @Test
    @Order(2)
    @DisplayName("an ARP answer for the launcher's address")
    void arp(Launcher launcher, Client client) {
        forger.isStoppedUntaggedBy(
                "arp saddr ip != " + guest.ip().getHostAddress(),
                EthernetFrame.arpReply(guest.mac(), launcher.ip(), client.mac(), client.ip()),
                FrameKind.answerFor(launcher.ip()));
    }

    @Test
    @Order(3)
    @DisplayName("a packet from the launcher's IPv4 address")
    void ipv4(Launcher launcher, Client client) {
        forger.isStoppedUntaggedBy(
                "ip saddr != " + guest.ip().getHostAddress(),
                forger.datagram(launcher.ip(), client.ip(), new Ports(9, 9)),
                Forger.datagramTo(9));
    }

    @Test
    @Order(4)
    @DisplayName("a packet from the launcher's IPv6 address")
    void ipv6(Launcher launcher, Client client) {
        forger.isStoppedUntaggedBy(
                "ip6 saddr != { ::, fe80::/10, %s }".formatted(InterfaceIp.text(guest.ip6())),
                forger.datagram(launcher.ip6(), client.ip6(), new Ports(9, 9)),
                Forger.datagramTo(9));
    }

    @Test
    @Order(5)
    @DisplayName("a neighbour advertisement of the launcher's IPv6 address")
    void neighbourAdvertisement(Launcher launcher) {
        forger.isStoppedUntaggedBy(
                "icmpv6 type nd-neighbor-advert icmpv6 taddr != { fe80::/10, %s }"
                        .formatted(InterfaceIp.text(guest.ip6())),
                EthernetFrame.neighbourAdvertisement(guest.mac(), launcher.ip6()),
                FrameKind.answerFor(launcher.ip6()));
    }

    @Test
    @Order(6)
    @DisplayName("an answer of a DHCP server")
    void dhcpServer(Client client) {
        forger.isStoppedUntaggedBy(
                "udp sport 67", forger.datagram(guest.ip(), client.ip(), new Ports(67, 68)), Forger.datagramTo(68));
    }

    @Test
    @Order(7)
    @DisplayName("a router advertisement")
    void routerAdvertisement() {
        forger.isStoppedUntaggedBy(
                "icmpv6 type nd-router-advert",
                RouterAdvertisement.from(guest.mac(), InterfaceIp.ip("fe80::1")),
                RouterAdvertisement.KIND);
    }

    @Test
    @Order(8)
    @DisplayName("a frame with a priority tag: it gets past all these rules but the first, and the client believes it")
    void priorityTag(Launcher launcher) {
        for (EthernetFrame tagged : forger.taggedAnnouncementsOf(launcher.ip())) {
            forger.isBelieved(tagged);
            forger.isStoppedBy("meta protocol { 8021q, 8021ad }", tagged, FrameKind.answerFor(launcher.ip()));
        }
    }
}
