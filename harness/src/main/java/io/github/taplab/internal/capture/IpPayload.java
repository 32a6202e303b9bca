package io.github.taplab.internal.capture;

import io.github.taplab.capture.IcmpMessage;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.capture.Ipv6Header;
import io.github.taplab.capture.NeighbourDiscovery;
import io.github.taplab.capture.Ports;
import io.github.taplab.spec.MacAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an IP packet carries behind its headers.
 *
 * @param protocol such as 17 for UDP
 * @param bytes as far as they were recorded
 */
record IpPayload(int protocol, ByteBuffer bytes) {

    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    // The extension headers that are built alike (RFC 8200, 4): the next header, and the length in 8 octets but the
    // first.
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int FRAGMENT = 44;
    private static final int SHORTEST_EXTENSION = 8;
    private static final int NEIGHBOUR_DISCOVERY_LENGTH = 24;
    // Its type, 2, and its length, 8 octets.
    private static final int TARGET_LINK_LAYER_ADDRESS = 0x0201;
    private static final int UDP_HEADER = 8;
    private static final int TCP_FLAGS = 13;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;
    private static final int ACK = 16;

    /** The content of an IPv4 packet; empty in a fragment other than the first. */
    static Optional<IpPayload> ofIpv4(ByteBuffer packet) {
        int header = 4 * (packet.get(0) & 0xf);
        int total = Short.toUnsignedInt(packet.getShort(2));
        boolean first = (packet.getShort(6) & FRAGMENT_OFFSET) == 0;
        // No length at all is what the kernel gives a packet that the hardware shall cut (TSO).
        int end = total == 0 ? packet.limit() : Math.min(total, packet.limit());
        if (!first || header < 20 || header > end) {
            return Optional.empty();
        }
        return Optional.of(new IpPayload(Byte.toUnsignedInt(packet.get(9)), packet.slice(header, end - header)));
    }

    /** The content of an IPv6 packet behind its extension headers; empty in a fragment other than the first. */
    static Optional<IpPayload> ofIpv6(int nextHeader, ByteBuffer packet) {
        int length = Short.toUnsignedInt(packet.getShort(4));
        int end = length == 0 ? packet.limit() : Math.min(IPV6_HEADER + length, packet.limit());
        int next = nextHeader;
        int at = IPV6_HEADER;
        while (next == HOP_BY_HOP || next == ROUTING || next == DESTINATION_OPTIONS || next == FRAGMENT) {
            if (at + SHORTEST_EXTENSION > end || (next == FRAGMENT && packet.getShort(at + 2) >>> 3 != 0)) {
                return Optional.empty();
            }
            int extension = next == FRAGMENT ? 0 : Byte.toUnsignedInt(packet.get(at + 1));
            next = Byte.toUnsignedInt(packet.get(at));
            at += SHORTEST_EXTENSION * (1 + extension);
        }
        return at > end ? Optional.empty() : Optional.of(new IpPayload(next, packet.slice(at, end - at)));
    }

    Optional<IcmpMessage> icmp() {
        if ((protocol != Ipv4Header.ICMP && protocol != Ipv6Header.ICMPV6) || bytes.remaining() < 2) {
            return Optional.empty();
        }
        return Optional.of(new IcmpMessage(Byte.toUnsignedInt(bytes.get(0)), Byte.toUnsignedInt(bytes.get(1))));
    }

    Optional<NeighbourDiscovery> neighbourDiscovery() {
        if (protocol != Ipv6Header.ICMPV6 || bytes.remaining() < NEIGHBOUR_DISCOVERY_LENGTH) {
            return Optional.empty();
        }
        return switch (Byte.toUnsignedInt(bytes.get(0))) {
            case IcmpMessage.NEIGHBOUR_SOLICITATION ->
                Optional.of(new NeighbourDiscovery(false, FrameParser.ip(bytes, 8, 16)));
            case IcmpMessage.NEIGHBOUR_ADVERTISEMENT ->
                Optional.of(new NeighbourDiscovery(true, FrameParser.ip(bytes, 8, 16)));
            default -> Optional.empty();
        };
    }

    /** Which MAC address a neighbour advertisement names (RFC 4861, 4.6.1), where that is its first option. */
    Optional<MacAddress> targetMac() {
        int option = NEIGHBOUR_DISCOVERY_LENGTH;
        return bytes.remaining() >= option + 8 && bytes.getShort(option) == TARGET_LINK_LAYER_ADDRESS
                ? Optional.of(FrameParser.mac(bytes, option + 2))
                : Optional.empty();
    }

    /** What a UDP datagram carries. */
    Optional<ByteBuffer> datagram() {
        return protocol == Ipv4Header.UDP && bytes.remaining() >= UDP_HEADER
                ? Optional.of(bytes.slice(UDP_HEADER, bytes.limit() - UDP_HEADER))
                : Optional.empty();
    }

    /** A TCP segment's flags, as RFC 9293 calls them: those that say what it is for, in the order of a connection. */
    Optional<List<String>> tcpFlags() {
        if (protocol != Ipv4Header.TCP || bytes.remaining() <= TCP_FLAGS) {
            return Optional.empty();
        }
        int set = bytes.get(TCP_FLAGS);
        return Optional.of(IntStream.of(SYN, FIN, RST, PSH, ACK)
                .filter(flag -> (set & flag) != 0)
                .mapToObj(IpPayload::flagName)
                .toList());
    }

    private static String flagName(int flag) {
        return switch (flag) {
            case FIN -> "FIN";
            case SYN -> "SYN";
            case RST -> "RST";
            case PSH -> "PSH";
            default -> "ACK";
        };
    }

    /** The ports, if this is of the given protocol. */
    Optional<Ports> ports(int ofProtocol) {
        if (protocol != ofProtocol || bytes.remaining() < 4) {
            return Optional.empty();
        }
        return Optional.of(new Ports(Short.toUnsignedInt(bytes.getShort(0)), Short.toUnsignedInt(bytes.getShort(2))));
    }
}
