package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An Ethernet frame as the kernel recorded it. Of a frame that is cut short, or is not what its headers say, the parts
 * that can be read are there.
 *
 * @param at when the kernel saw it, by the Docker host's clock
 * @param source MAC address of the sender
 * @param destination MAC address of the receiver
 * @param vlan the VLAN id, 0 to 4095, where the frame has an IEEE 802.1Q tag; of two tags that of the outer one
 * @param etherType such as 0x0800 for IPv4; behind the tag, where there is one; below 0x0600 it is a length
 * @param arp the ARP packet, where it is one
 * @param ipv4 the IPv4 header, where it has one
 * @param ipv6 the IPv6 header, where it has one
 * @param icmp what kind of ICMP or ICMPv6 message it is, where it is one
 * @param neighbourDiscovery the neighbour solicitation or advertisement, where it is one
 * @param udp the ports of a UDP datagram; of a fragmented one the first fragment has them
 * @param tcp the ports of a TCP segment
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Frame(
        Instant at,
        MacAddress source,
        MacAddress destination,
        Optional<Integer> vlan,
        int etherType,
        Optional<ArpPacket> arp,
        Optional<Ipv4Header> ipv4,
        Optional<Ipv6Header> ipv6,
        Optional<IcmpMessage> icmp,
        Optional<NeighbourDiscovery> neighbourDiscovery,
        Optional<Ports> udp,
        Optional<Ports> tcp) {

    public static final int ETHERTYPE_IPV4 = 0x0800;
    public static final int ETHERTYPE_ARP = 0x0806;
    public static final int ETHERTYPE_VLAN = 0x8100;
    public static final int ETHERTYPE_IPV6 = 0x86dd;

    private static final int LONGEST_LENGTH = 0x05ff;

    /** Whether this asks who has the address: by ARP, or by a neighbour solicitation. */
    public boolean asksFor(InetAddress ip) {
        return arp.filter(packet -> packet.asksFor(ip)).isPresent()
                || neighbourDiscovery.filter(message -> message.asksFor(ip)).isPresent();
    }

    /** Whether this says who has the address: by ARP, or by a neighbour advertisement. */
    public boolean answersFor(InetAddress ip) {
        return arp.filter(packet -> packet.answersFor(ip)).isPresent()
                || neighbourDiscovery.filter(message -> message.answersFor(ip)).isPresent();
    }

    /** Whether this is an echo request to the address, by ICMP or ICMPv6. */
    public boolean isEchoRequestTo(InetAddress ip) {
        return icmp.filter(IcmpMessage::isEchoRequest).isPresent()
                && (ipv4.filter(header -> header.destination().equals(ip)).isPresent()
                        || ipv6.filter(header -> header.destination().equals(ip))
                                .isPresent());
    }

    /** Whether this is an echo reply of the address, by ICMP or ICMPv6. */
    public boolean isEchoReplyFrom(InetAddress ip) {
        return icmp.filter(IcmpMessage::isEchoReply).isPresent()
                && (ipv4.filter(header -> header.source().equals(ip)).isPresent()
                        || ipv6.filter(header -> header.source().equals(ip)).isPresent());
    }

    /** One line: who sends to whom, and what. */
    @Override
    public String toString() {
        return "%s > %s %s%s"
                .formatted(source, destination, vlan.map("vlan %d "::formatted).orElse(""), payload());
    }

    private String payload() {
        return arp.map(ArpPacket::toString)
                .or(() -> ipv4.map(header ->
                        packet("IPv4", header.source(), header.destination(), "protocol " + header.protocol())))
                .or(() -> ipv6.map(header ->
                        packet("IPv6", header.source(), header.destination(), "next header " + header.nextHeader())))
                .orElseGet(() ->
                        (etherType > LONGEST_LENGTH ? "ethertype 0x%04x" : "802.3 length %d").formatted(etherType));
    }

    private String packet(String family, InetAddress from, InetAddress to, String otherwise) {
        String content = neighbourDiscovery
                .map(NeighbourDiscovery::toString)
                .or(() -> icmp.map(IcmpMessage::toString))
                .or(() -> udp.map(ports -> "UDP " + ports))
                .or(() -> tcp.map(ports -> "TCP " + ports))
                .orElse(otherwise);
        return "%s %s > %s %s".formatted(family, InterfaceIp.text(from), InterfaceIp.text(to), content);
    }
}
