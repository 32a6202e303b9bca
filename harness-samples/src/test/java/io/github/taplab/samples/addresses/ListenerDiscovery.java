package io.github.taplab.samples.addresses;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Sighting;
import io.github.taplab.node.Node;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Messages of multicast listener discovery, version 2 (RFC 3810). */
final class ListenerDiscovery {

    private static final int REPORT = 143;
    private static final int QUERY_LENGTH = 28;
    private static final byte[] ALL_STATIONS = InterfaceIp.ip("ff02::1").getAddress();
    // Hop-by-hop options: ICMPv6 follows, a router alert, padding.
    private static final byte[] ROUTER_ALERT = HexFormat.of().parseHex("3a00050200000100");

    private ListenerDiscovery() {}

    static boolean isReport(Frame frame) {
        return frame.icmp().filter(message -> message.type() == REPORT).isPresent();
    }

    /** Whether this reports the group of IPv6 addresses whose frames go to a MAC address. */
    static boolean isReportOf(MacAddress solicitedNode, Sighting sighting) {
        String last = solicitedNode.toString().replace(":", "").substring("3333ff".length());
        String group = "ff02" + "00".repeat(9) + "01ff" + last;
        return isReport(sighting.frame())
                && HexFormat.of().formatHex(sighting.bytes()).contains(group);
    }

    /** Asks for all groups, at the node's link-local address; the answers are to come within 0.1 s. */
    static EthernetFrame query(Node from) {
        byte[] source = LinkLocal.of(from).ip().getAddress();
        byte[] query = ByteBuffer.allocate(QUERY_LENGTH)
                .putShort((short) (130 << 8))
                .putShort(4, (short) 100)
                .put(24, (byte) 2)
                .put(25, (byte) 125)
                .array();
        int sum = sum(source) + sum(ALL_STATIONS) + QUERY_LENGTH + 58 + sum(query);
        ByteBuffer.wrap(query).putShort(2, (short) ~((sum & 0xffff) + (sum >> 16)));
        byte[] packet = ByteBuffer.allocate(40 + ROUTER_ALERT.length + QUERY_LENGTH)
                .putInt(0x6000_0000)
                .putShort((short) (ROUTER_ALERT.length + QUERY_LENGTH))
                .putShort((short) 1)
                .put(source)
                .put(ALL_STATIONS)
                .put(ROUTER_ALERT)
                .put(query)
                .array();
        return EthernetFrame.of(from.mac(), MacAddress.of("33:33:00:00:00:01"), Frame.ETHERTYPE_IPV6, packet);
    }

    private static int sum(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += Short.toUnsignedInt(words.getShort());
        }
        return sum;
    }
}
