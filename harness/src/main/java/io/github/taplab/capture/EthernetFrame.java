package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * An Ethernet frame to send, down to its MAC addresses: whoever sends it can pretend to be anybody.
 *
 * <p>It is immutable; equality is by what goes over the wire. It is sent as it is, without padding to Ethernet's 60
 * bytes, which virtual links do not ask for.
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class EthernetFrame {

    /** For experiments (IEEE 802, local experimental EtherType 1): no protocol of a kernel takes it. */
    public static final int ETHERTYPE_EXPERIMENTAL = 0x88b5;

    private static final MacAddress NOBODY = new MacAddress(0);
    private static final MacAddress ALL_IPV6_NODES = MacAddress.of("33:33:00:00:00:01");
    private static final byte[] PROBE = "taplab probe".getBytes(StandardCharsets.US_ASCII);
    private static final int LOWEST_ETHERTYPE = 0x0600;
    private static final int HIGHEST_VLAN = 4094;
    // What IPv4 (RFC 791) leaves of its 65535 bytes.
    private static final int LONGEST_DATAGRAM = 65_507;

    private final MacAddress source;
    private final MacAddress destination;
    private final Optional<Integer> vlan;
    private final int etherType;
    private final byte[] payload;
    private final String content;

    private EthernetFrame(
            MacAddress source,
            MacAddress destination,
            Optional<Integer> vlan,
            int etherType,
            byte[] payload,
            String content) {
        given("A frame has a source", source);
        given("A frame has a destination", destination);
        this.source = source;
        this.destination = destination;
        this.vlan = vlan;
        this.etherType = etherType;
        this.payload = payload;
        this.content = content;
    }

    private static void given(String rule, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(rule + ", found null");
        }
    }

    /**
     * A frame of your choice.
     *
     * @param etherType 0x0600 to 0xffff, such as 0x0800 for IPv4
     * @param payload what follows the header, as long as the interface's MTU allows
     */
    public static EthernetFrame of(MacAddress source, MacAddress destination, int etherType, byte... payload) {
        if (etherType < LOWEST_ETHERTYPE || etherType > 0xffff) {
            throw new IllegalArgumentException("An EtherType is 0x0600 to 0xffff, found 0x%04x".formatted(etherType));
        }
        String content = "ethertype 0x%04x, %d bytes".formatted(etherType, payload.length);
        return new EthernetFrame(source, destination, Optional.empty(), etherType, payload.clone(), content);
    }

    /** A frame that means nothing to anybody, to see where it arrives; its EtherType is the experimental one. */
    public static EthernetFrame probe(MacAddress source, MacAddress destination) {
        return of(source, destination, ETHERTYPE_EXPERIMENTAL, PROBE);
    }

    /**
     * An ARP question by broadcast.
     *
     * @param mac who asks
     * @param ip and with which IPv4 address; those who are asked may remember both
     * @param wanted the IPv4 address asked for
     */
    public static EthernetFrame arpRequest(MacAddress mac, InetAddress ip, InetAddress wanted) {
        return arp(MacAddress.BROADCAST, new ArpPacket(ArpPacket.REQUEST, mac, ip, NOBODY, wanted));
    }

    /**
     * An ARP answer; true, or forged.
     *
     * @param mac where the address shall be
     * @param ip the IPv4 address that it is about
     * @param toMac who is told
     * @param toIp and what its IPv4 address is
     */
    public static EthernetFrame arpReply(MacAddress mac, InetAddress ip, MacAddress toMac, InetAddress toIp) {
        return arp(toMac, new ArpPacket(ArpPacket.REPLY, mac, ip, toMac, toIp));
    }

    /**
     * Tells all stations that an IPv4 address is at a MAC address (gratuitous ARP, RFC 5227's announcement). Those who
     * have an entry for the address change it at once.
     */
    public static EthernetFrame gratuitousArp(MacAddress mac, InetAddress ip) {
        return arp(MacAddress.BROADCAST, new ArpPacket(ArpPacket.REQUEST, mac, ip, NOBODY, ip));
    }

    private static EthernetFrame arp(MacAddress to, ArpPacket packet) {
        for (InetAddress ip : new InetAddress[] {packet.senderIp(), packet.targetIp()}) {
            given("An ARP packet has IP addresses", ip);
            if (!(ip instanceof Inet4Address)) {
                throw new IllegalArgumentException(
                        "ARP is for IPv4 addresses, found %s; what IPv6 has instead is a neighbour advertisement"
                                .formatted(InterfaceIp.text(ip)));
            }
        }
        return new EthernetFrame(
                packet.senderMac(),
                to,
                Optional.empty(),
                Frame.ETHERTYPE_ARP,
                PacketBytes.arp(packet),
                packet.toString());
    }

    /**
     * Tells all stations that an IPv6 address is at a MAC address (unsolicited neighbour advertisement, RFC 4861,
     * 7.2.6). Those who have an entry for the address change it at once.
     */
    public static EthernetFrame neighbourAdvertisement(MacAddress mac, InetAddress ip) {
        given("An advertisement has a MAC address", mac);
        given("An advertisement has an IP address", ip);
        if (ip instanceof Inet4Address) {
            throw new IllegalArgumentException(
                    "Neighbour advertisements are for IPv6 addresses, found %s; what IPv4 has instead is gratuitous ARP"
                            .formatted(InterfaceIp.text(ip)));
        }
        return new EthernetFrame(
                mac,
                ALL_IPV6_NODES,
                Optional.empty(),
                Frame.ETHERTYPE_IPV6,
                PacketBytes.neighbourAdvertisement(mac, ip),
                new NeighbourDiscovery(true, ip).toString());
    }

    /**
     * A UDP datagram. Its two IP addresses are of one family, and need not belong to the MAC addresses.
     *
     * @param from IP address of the sender
     * @param to IP address of the receiver
     */
    public static EthernetFrame udp(
            MacAddress source, InetAddress from, MacAddress destination, InetAddress to, Ports ports, byte... payload) {
        given("A packet has a sender", from);
        given("A packet has a receiver", to);
        if (payload.length > LONGEST_DATAGRAM) {
            throw new IllegalArgumentException(
                    "A UDP datagram has at most %d bytes, found %d".formatted(LONGEST_DATAGRAM, payload.length));
        }
        if (from.getAddress().length != to.getAddress().length) {
            throw new IllegalArgumentException("A packet's addresses are both IPv4 or both IPv6, found %s and %s"
                    .formatted(InterfaceIp.text(from), InterfaceIp.text(to)));
        }
        return new EthernetFrame(
                source,
                destination,
                Optional.empty(),
                from instanceof Inet4Address ? Frame.ETHERTYPE_IPV4 : Frame.ETHERTYPE_IPV6,
                PacketBytes.udp(from, to, ports, payload),
                "%s > %s UDP %s".formatted(InterfaceIp.text(from), InterfaceIp.text(to), ports));
    }

    /**
     * The same frame with an IEEE 802.1Q tag.
     *
     * @param id 1 to 4094, or 0 for a tag that carries a priority only
     */
    public EthernetFrame withVlan(int id) {
        if (id < 0 || id > HIGHEST_VLAN) {
            throw new IllegalArgumentException("A VLAN id is 0 to %d, found %d".formatted(HIGHEST_VLAN, id));
        }
        return new EthernetFrame(source, destination, Optional.of(id), etherType, payload, content);
    }

    public MacAddress source() {
        return source;
    }

    public MacAddress destination() {
        return destination;
    }

    /** The id of its tag, where it has one. */
    public Optional<Integer> vlan() {
        return vlan;
    }

    /** The EtherType of its payload, behind the tag. */
    public int etherType() {
        return etherType;
    }

    /** What goes over the wire, without the frame check sequence. */
    public byte[] bytes() {
        ByteBuffer frame = ByteBuffer.allocate(6 + 6 + (vlan.isPresent() ? 4 : 0) + 2 + payload.length);
        PacketBytes.put(frame, destination);
        PacketBytes.put(frame, source);
        vlan.ifPresent(id -> frame.putShort((short) Frame.ETHERTYPE_VLAN).putShort(id.shortValue()));
        return frame.putShort((short) etherType).put(payload).array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EthernetFrame frame && Arrays.equals(bytes(), frame.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** One line: who sends to whom, and what. */
    @Override
    public String toString() {
        return "%s > %s %s%s"
                .formatted(source, destination, vlan.map("vlan %d "::formatted).orElse(""), content);
    }
}
