package io.github.taplab.samples.delivery;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** "I am a router", said to all IPv6 stations of a network (RFC 4861, 4.2). */
final class RouterAdvertisement {

    static final FrameKind KIND = FrameKind.of(
            "router advertisement",
            frame -> frame.icmp()
                    .filter(message -> message.type() == RouterAdvertisement.TYPE)
                    .isPresent());

    private static final int TYPE = 134;

    private static final InetAddress ALL_NODES = InterfaceIp.ip("ff02::1");
    private static final int ICMPV6 = 58;
    private static final int LENGTH = 16;
    private static final int LIFETIME_SECONDS = 1800;

    private RouterAdvertisement() {}

    /**
     * One without options, for half an hour.
     *
     * @param linkLocal where the router is to be found
     */
    static EthernetFrame from(MacAddress mac, InetAddress linkLocal) {
        ByteBuffer packet = ByteBuffer.allocate(40 + LENGTH)
                .putInt(0x6000_0000)
                .putShort((short) LENGTH)
                .put((byte) ICMPV6)
                .put((byte) 255)
                .put(linkLocal.getAddress())
                .put(ALL_NODES.getAddress())
                .put((byte) TYPE)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) LIFETIME_SECONDS);
        packet.putShort(42, (short) checksum(packet));
        return EthernetFrame.of(mac, MacAddress.ofGroup(ALL_NODES), Frame.ETHERTYPE_IPV6, packet.array());
    }

    /** Over the addresses, length, protocol and message (RFC 8200, 8.1). */
    private static int checksum(ByteBuffer packet) {
        int sum = LENGTH + ICMPV6;
        for (int at = 8; at < packet.capacity(); at += 2) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        return ~((sum & 0xffff) + (sum >> 16));
    }
}
