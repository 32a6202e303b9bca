package io.github.taplab.internal.capture;

import io.github.taplab.capture.ArpPacket;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.capture.Ipv6Header;
import io.github.taplab.spec.MacAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the headers of an Ethernet frame: a pure function from bytes to a record. Whatever a network may bring, it
 * throws nothing: what can't be read is left out.
 */
public final class FrameParser {

    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int VLAN_ID = 0x0fff;
    // The outer of two tags (IEEE 802.1ad).
    private static final int ETHERTYPE_PROVIDER_VLAN = 0x88a8;
    private static final int ARP_LENGTH = 28;
    private static final long ARP_FOR_IPV4_OVER_ETHERNET = 0x0001_0800_0604L;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private FrameParser() {}

    /** The frame; empty if there is not even an Ethernet header. */
    public static Optional<Frame> parse(Instant at, ByteBuffer bytes) {
        if (bytes.remaining() < ETHERNET_HEADER) {
            return Optional.empty();
        }
        boolean tagged = isTagged(bytes);
        Optional<Integer> vlan = tagged ? Optional.of(bytes.getShort(ETHERNET_HEADER) & VLAN_ID) : Optional.empty();
        int etherType = etherType(bytes);
        ByteBuffer payload = payload(bytes);

        Optional<IpPayload> content = content(bytes);
        return Optional.of(new Frame(
                at,
                mac(bytes, 6),
                mac(bytes, 0),
                vlan,
                etherType,
                arp(etherType, payload),
                ipv4(etherType, payload),
                ipv6(etherType, payload),
                content.flatMap(IpPayload::icmp),
                content.flatMap(IpPayload::neighbourDiscovery),
                content.flatMap(found -> found.ports(Ipv4Header.UDP)),
                content.flatMap(found -> found.ports(Ipv4Header.TCP))));
    }

    /** What an IP packet in this frame carries, where it is one. */
    static Optional<IpPayload> content(ByteBuffer bytes) {
        if (bytes.remaining() < ETHERNET_HEADER) {
            return Optional.empty();
        }
        int etherType = etherType(bytes);
        ByteBuffer payload = payload(bytes);
        return ipv4(etherType, payload).isPresent()
                ? IpPayload.ofIpv4(payload)
                : ipv6(etherType, payload).flatMap(fixed -> IpPayload.ofIpv6(fixed.nextHeader(), payload));
    }

    private static boolean isTagged(ByteBuffer bytes) {
        int outerType = Short.toUnsignedInt(bytes.getShort(12));
        return (outerType == Frame.ETHERTYPE_VLAN || outerType == ETHERTYPE_PROVIDER_VLAN)
                && bytes.remaining() >= ETHERNET_HEADER + VLAN_TAG;
    }

    private static int header(ByteBuffer bytes) {
        return isTagged(bytes) ? ETHERNET_HEADER + VLAN_TAG : ETHERNET_HEADER;
    }

    private static int etherType(ByteBuffer bytes) {
        return Short.toUnsignedInt(bytes.getShort(header(bytes) - 2));
    }

    private static ByteBuffer payload(ByteBuffer bytes) {
        int header = header(bytes);
        return bytes.slice(header, bytes.limit() - header);
    }

    private static Optional<ArpPacket> arp(int etherType, ByteBuffer payload) {
        if (etherType != Frame.ETHERTYPE_ARP
                || payload.remaining() < ARP_LENGTH
                || payload.getLong(0) >>> 16 != ARP_FOR_IPV4_OVER_ETHERNET) {
            return Optional.empty();
        }
        return Optional.of(new ArpPacket(
                Short.toUnsignedInt(payload.getShort(6)),
                mac(payload, 8),
                ip(payload, 14, 4),
                mac(payload, 18),
                ip(payload, 24, 4)));
    }

    private static Optional<Ipv4Header> ipv4(int etherType, ByteBuffer payload) {
        if (etherType != Frame.ETHERTYPE_IPV4 || payload.remaining() < IPV4_HEADER || version(payload) != 4) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Header(ip(payload, 12, 4), ip(payload, 16, 4), Byte.toUnsignedInt(payload.get(9))));
    }

    private static Optional<Ipv6Header> ipv6(int etherType, ByteBuffer payload) {
        if (etherType != Frame.ETHERTYPE_IPV6 || payload.remaining() < IPV6_HEADER || version(payload) != 6) {
            return Optional.empty();
        }
        return Optional.of(new Ipv6Header(ip(payload, 8, 16), ip(payload, 24, 16), Byte.toUnsignedInt(payload.get(6))));
    }

    private static int version(ByteBuffer packet) {
        return packet.get(0) >> 4 & 0xf;
    }

    static MacAddress mac(ByteBuffer bytes, int at) {
        long high = Short.toUnsignedLong(bytes.getShort(at));
        return new MacAddress(high << 32 | Integer.toUnsignedLong(bytes.getInt(at + 2)));
    }

    /** The address of so many octets; sixteen stay an IPv6 address even where they stand for an IPv4 one. */
    static InetAddress ip(ByteBuffer bytes, int at, int octets) {
        byte[] read = new byte[octets];
        bytes.get(at, read);
        try {
            return octets == 4 ? InetAddress.getByAddress(read) : Inet6Address.getByAddress(null, read, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 octets, not " + octets, e);
        }
    }
}
