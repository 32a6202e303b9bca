package io.github.taplab.samples.delivery;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import java.nio.ByteBuffer;

/**
 * A UDP datagram whose checksum is left to the NIC: the sender's kernel has summed up the addresses, the protocol and
 * the length only, and not turned the sum round.
 */
final class PartialChecksum {

    /** A port on which nobody listens. */
    static final int PORT = 9;

    private static final int SENDER = 40_000;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final byte[] PAYLOAD = {'t', 'a', 'p', 'l', 'a', 'b'};

    private static final String SUM = "(ip[12:2] + ip[14:2] + ip[16:2] + ip[18:2] + %d + udp[4:2])".formatted(UDP);

    private PartialChecksum() {}

    /** What {@code pcap-filter(7)} finds such a datagram by. */
    static String filter() {
        return "udp dst port %d and udp[6:2] = (%s & 0xffff) + (%2$s >> 16)".formatted(PORT, SUM);
    }

    /** Sends a datagram by a socket of the client: its kernel and its NIC decide who sums up. */
    static void send(Client client, Guest guest) {
        client.sh("printf taplab | socat -u - UDP:%s:%d,sourceport=%d"
                .formatted(guest.ip().getHostAddress(), PORT, SENDER));
    }

    /** The same octets as a frame, of which nobody knows that something is left to be done. */
    static EthernetFrame unmarked(Client client, Guest guest) {
        int length = UDP_HEADER + PAYLOAD.length;
        ByteBuffer packet = ByteBuffer.allocate(IP_HEADER + length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
        packet.put(client.ip().getAddress()).put(guest.ip().getAddress());
        packet.putShort((short) SENDER).putShort((short) PORT).putShort((short) length);
        packet.putShort((short) folded(sum(packet, 12, IP_HEADER) + UDP + length))
                .put(PAYLOAD);
        packet.putShort(10, (short) ~folded(sum(packet, 0, IP_HEADER)));
        return EthernetFrame.of(client.mac(), guest.mac(), 0x0800, packet.array());
    }

    private static int sum(ByteBuffer packet, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        return sum;
    }

    private static int folded(int sum) {
        return (sum & 0xffff) + (sum >> 16);
    }
}
