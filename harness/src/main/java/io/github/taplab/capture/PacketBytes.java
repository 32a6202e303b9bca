package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Writes the packets that specs send: pure functions from values to bytes. */
final class PacketBytes {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int HOPS = 64;
    // A packet that has passed a router is no neighbour's (RFC 4861, 7.1.2).
    private static final int NO_ROUTER_PASSED = 255;
    private static final int ADVERTISEMENT_LENGTH = 32;
    private static final int OVERRIDE = 1 << 29;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;
    private static final int UDP_HEADER = 8;
    private static final InetAddress ALL_IPV6_NODES = InterfaceIp.ip("ff02::1");

    private PacketBytes() {}

    static void put(ByteBuffer into, MacAddress mac) {
        into.putShort((short) (mac.bits() >> 32)).putInt((int) mac.bits());
    }

    /** RFC 826, for IPv4 over Ethernet. */
    static byte[] arp(ArpPacket arp) {
        ByteBuffer packet = ByteBuffer.allocate(28);
        packet.putShort((short) 1)
                .putShort((short) Frame.ETHERTYPE_IPV4)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) arp.operation());
        put(packet, arp.senderMac());
        packet.put(arp.senderIp().getAddress());
        put(packet, arp.targetMac());
        packet.put(arp.targetIp().getAddress());
        return packet.array();
    }

    /** RFC 4861, 4.4: unsolicited, and stronger than what the receivers believe. */
    static byte[] neighbourAdvertisement(MacAddress mac, InetAddress ip) {
        ByteBuffer message = ByteBuffer.allocate(ADVERTISEMENT_LENGTH);
        message.put((byte) IcmpMessage.NEIGHBOUR_ADVERTISEMENT)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(OVERRIDE)
                .put(ip.getAddress())
                .put((byte) TARGET_LINK_LAYER_ADDRESS)
                .put((byte) 1);
        put(message, mac);
        byte[] packet = packet(ip, ALL_IPV6_NODES, Ipv6Header.ICMPV6, NO_ROUTER_PASSED, message.array());
        return withChecksum(packet, ip, ALL_IPV6_NODES, Ipv6Header.ICMPV6, ADVERTISEMENT_LENGTH, 2);
    }

    /** RFC 768. */
    static byte[] udp(InetAddress from, InetAddress to, Ports ports, byte[] payload) {
        ByteBuffer datagram = ByteBuffer.allocate(UDP_HEADER + payload.length);
        datagram.putShort((short) ports.source())
                .putShort((short) ports.destination())
                .putShort((short) (UDP_HEADER + payload.length))
                .putShort((short) 0)
                .put(payload);
        byte[] packet = packet(from, to, Ipv4Header.UDP, HOPS, datagram.array());
        return withChecksum(packet, from, to, Ipv4Header.UDP, UDP_HEADER + payload.length, 6);
    }

    private static byte[] packet(InetAddress from, InetAddress to, int protocol, int hops, byte[] payload) {
        return from instanceof Inet4Address
                ? ipv4(from, to, protocol, hops, payload)
                : ipv6(from, to, protocol, hops, payload);
    }

    private static byte[] ipv4(InetAddress from, InetAddress to, int protocol, int hops, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4_HEADER + payload.length);
        packet.putShort((short) 0x4500)
                .putShort((short) packet.capacity())
                .putInt(0)
                .put((byte) hops)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(from.getAddress())
                .put(to.getAddress())
                .put(payload);
        packet.putShort(10, (short) checksum(packet.slice(0, IPV4_HEADER)));
        return packet.array();
    }

    private static byte[] ipv6(InetAddress from, InetAddress to, int nextHeader, int hops, byte[] payload) {
        return ByteBuffer.allocate(IPV6_HEADER + payload.length)
                .putInt(0x6000_0000)
                .putShort((short) payload.length)
                .put((byte) nextHeader)
                .put((byte) hops)
                .put(from.getAddress())
                .put(to.getAddress())
                .put(payload)
                .array();
    }

    /** Fills in the checksum over the payload and what the receiver knows of the header (RFC 8200, 8.1). */
    private static byte[] withChecksum(
            byte[] packet, InetAddress from, InetAddress to, int protocol, int length, int at) {
        ByteBuffer covered = ByteBuffer.allocate(2 * from.getAddress().length + 8 + length);
        covered.put(from.getAddress())
                .put(to.getAddress())
                .putInt(length)
                .putInt(protocol)
                .put(packet, packet.length - length, length)
                .flip();
        int sum = checksum(covered);
        // 0 would say that there is none.
        ByteBuffer.wrap(packet).putShort(packet.length - length + at, (short) (sum == 0 ? 0xffff : sum));
        return packet;
    }

    /** RFC 1071: the one's complement of the sum of all 16-bit words. */
    private static int checksum(ByteBuffer bytes) {
        long sum = 0;
        while (bytes.remaining() > 1) {
            sum += Short.toUnsignedInt(bytes.getShort());
        }
        if (bytes.hasRemaining()) {
            sum += Byte.toUnsignedInt(bytes.get()) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
