package io.github.taplab.capture;

import io.github.taplab.spec.MacAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An Ethernet frame as the kernel recorded it.
 *
 * @param at when the kernel saw it, by the Docker host's clock
 * @param source MAC address of the sender
 * @param destination MAC address of the receiver
 * @param etherType such as 0x0800 for IPv4
 * @param arp the ARP packet, where it is one
 * @param ipv4 the IPv4 header, where it has one
 */
public record Frame(
        Instant at,
        MacAddress source,
        MacAddress destination,
        int etherType,
        Optional<ArpPacket> arp,
        Optional<Ipv4Header> ipv4) {

    public static final int ETHERTYPE_IPV4 = 0x0800;
    public static final int ETHERTYPE_ARP = 0x0806;

    @Override
    public String toString() {
        String payload = arp.map(ArpPacket::toString)
                .or(() -> ipv4.map(Ipv4Header::toString))
                .orElseGet(() -> "ethertype 0x%04x".formatted(etherType));
        return "%s > %s %s".formatted(source, destination, payload);
    }
}
