package io.github.taplab.internal.capture;

import io.github.taplab.capture.ArpPacket;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.spec.MacAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Optional;

/** Reads the pcap format that tcpdump writes (draft-ietf-opsawg-pcap), Ethernet only. */
final class PcapReader {

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int LONGEST = 256 * 1024;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_HEADER = 14;
    private static final int ARP_LENGTH = 28;
    private static final int IPV4_HEADER = 20;

    private final DataInputStream in;
    private final ByteOrder order;

    /** Reads the file's header. */
    PcapReader(DataInputStream in) throws IOException {
        this.in = in;
        ByteBuffer header = bytes(FILE_HEADER);
        // The writer's byte order shows in the first word.
        order = header.getInt(0) == MICROSECONDS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        if (header.getInt(0) != MICROSECONDS || header.getInt(20) != ETHERNET) {
            throw new IOException("Not a capture of Ethernet frames: magic 0x%08x, link type %d"
                    .formatted(header.getInt(0), header.getInt(20)));
        }
    }

    /**
     * Reads the next packet.
     *
     * @throws java.io.EOFException at the end
     */
    Frame next() throws IOException {
        ByteBuffer header = bytes(PACKET_HEADER).order(order);
        Instant at = Instant.ofEpochSecond(
                Integer.toUnsignedLong(header.getInt(0)), Integer.toUnsignedLong(header.getInt(4)) * 1000);
        int length = header.getInt(8);
        if (length < 0 || length > LONGEST) {
            throw new IOException("A packet of %d bytes: the stream is no capture any more".formatted(length));
        }
        return frame(at, bytes(length));
    }

    private ByteBuffer bytes(int count) throws IOException {
        byte[] read = new byte[count];
        in.readFully(read);
        return ByteBuffer.wrap(read);
    }

    private static Frame frame(Instant at, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() < ETHERNET_HEADER) {
            throw new IOException("A frame of %d bytes has no Ethernet header".formatted(bytes.remaining()));
        }
        MacAddress destination = mac(bytes, 0);
        MacAddress source = mac(bytes, 6);
        int etherType = Short.toUnsignedInt(bytes.getShort(12));
        ByteBuffer payload = bytes.slice(ETHERNET_HEADER, bytes.limit() - ETHERNET_HEADER);
        return new Frame(at, source, destination, etherType, arp(etherType, payload), ipv4(etherType, payload));
    }

    private static Optional<ArpPacket> arp(int etherType, ByteBuffer payload) throws IOException {
        if (etherType != Frame.ETHERTYPE_ARP || payload.remaining() < ARP_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(new ArpPacket(
                payload.getShort(6), mac(payload, 8), ip(payload, 14), mac(payload, 18), ip(payload, 24)));
    }

    private static Optional<Ipv4Header> ipv4(int etherType, ByteBuffer payload) throws IOException {
        if (etherType != Frame.ETHERTYPE_IPV4 || payload.remaining() < IPV4_HEADER) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Header(ip(payload, 12), ip(payload, 16), Byte.toUnsignedInt(payload.get(9))));
    }

    private static MacAddress mac(ByteBuffer bytes, int at) {
        long high = Short.toUnsignedLong(bytes.getShort(at));
        return new MacAddress(high << 32 | Integer.toUnsignedLong(bytes.getInt(at + 2)));
    }

    private static InetAddress ip(ByteBuffer bytes, int at) throws IOException {
        byte[] octets = new byte[4];
        bytes.get(at, octets);
        return InetAddress.getByAddress(octets);
    }
}
