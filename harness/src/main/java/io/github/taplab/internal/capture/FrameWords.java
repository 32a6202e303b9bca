package io.github.taplab.internal.capture;

import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a frame is, in the few words that one says of it at a whiteboard: a pure function from bytes to text. The IP
 * addresses of a packet are left out, since who sent it to whom is seen beside it.
 */
public final class FrameWords {

    private static final int DNS = 53;
    private static final int IGMP = 2;
    private static final int LONGEST_LENGTH = 0x05ff;

    private FrameWords() {}

    /** The words for the octets of a frame from its Ethernet header on, which may be cut anywhere. */
    public static String of(byte... octets) {
        ByteBuffer bytes = ByteBuffer.wrap(octets);
        return FrameParser.parse(Instant.EPOCH, bytes)
                .map(frame -> frame.vlan().map("VLAN %d: "::formatted).orElse("") + words(frame, bytes))
                .orElseGet(() -> "no Ethernet frame: %d octets".formatted(octets.length));
    }

    private static String words(Frame frame, ByteBuffer bytes) {
        Optional<IpPayload> content = FrameParser.content(bytes);
        return frame.arp()
                .map(Object::toString)
                .or(() -> neighbourDiscovery(frame, content))
                .or(() -> frame.icmp()
                        .map(message -> frame.ipv6().isPresent() ? IcmpWords.ofV6(message) : IcmpWords.ofV4(message)))
                .or(() -> content.flatMap(FrameWords::dns))
                .or(() -> frame.udp().map(ports -> "UDP " + ports))
                .or(() -> frame.tcp()
                        .map(ports -> "TCP " + ports
                                + content.flatMap(IpPayload::tcpFlags)
                                        .map(FrameWords::flags)
                                        .orElse("")))
                .or(() -> frame.ipv4().map(header -> protocol("IPv4", header.protocol(), content)))
                .or(() -> frame.ipv6().map(header -> protocol("IPv6", header.nextHeader(), content)))
                .orElseGet(() -> link(frame.etherType()));
    }

    private static Optional<String> neighbourDiscovery(Frame frame, Optional<IpPayload> content) {
        return frame.neighbourDiscovery().map(message -> {
            String target = InterfaceIp.text(message.target());
            return message.advertisement()
                    ? "ND %s is at %s"
                            .formatted(
                                    target,
                                    content.flatMap(IpPayload::targetMac).orElse(frame.source()))
                    : "ND who has %s? %s".formatted(target, asker(frame));
        });
    }

    private static String asker(Frame frame) {
        InetAddress source = frame.ipv6().orElseThrow().source();
        // Who asks without an address wants to have this one (RFC 4862, 5.4: duplicate address detection).
        return source.isAnyLocalAddress() ? "(DAD)" : "tell " + InterfaceIp.text(source);
    }

    private static Optional<String> dns(IpPayload content) {
        return content.ports(Ipv4Header.UDP)
                .filter(ports -> ports.source() == DNS || ports.destination() == DNS)
                .flatMap(ports -> content.datagram())
                .flatMap(DnsWords::of);
    }

    private static String flags(List<String> flags) {
        return flags.isEmpty() ? " []" : " [%s]".formatted(String.join(", ", flags));
    }

    private static String protocol(String family, int number, Optional<IpPayload> content) {
        if (content.isEmpty()) {
            return family + " fragment";
        }
        return number == IGMP
                ? "IGMP"
                : "%s protocol %d".formatted(family, content.get().protocol());
    }

    private static String link(int etherType) {
        return switch (etherType) {
            case Frame.ETHERTYPE_ARP -> "ARP, cut or not for IPv4";
            case Frame.ETHERTYPE_IPV4 -> "IPv4, cut or malformed";
            case Frame.ETHERTYPE_IPV6 -> "IPv6, cut or malformed";
            default -> (etherType > LONGEST_LENGTH ? "ethertype 0x%04x" : "802.3 length %d").formatted(etherType);
        };
    }
}
