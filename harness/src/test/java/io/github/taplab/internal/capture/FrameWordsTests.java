package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Ports;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameWordsTests {

    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final InetAddress CLIENT_IP = InterfaceIp.ip("198.18.9.4");
    private static final InetAddress GUEST_IP = InterfaceIp.ip("198.18.9.5");

    private static final String ETHERNET = "029e00000005 02c112090004 ";
    private static final String IPV4 = ETHERNET + "0800 45 00 0000 0000 4000 40 %02x 0000 c6120904 c6120905 ";
    private static final String IPV6 = ETHERNET + "86dd 60000000 0000 %02x ff %s fd000000000000000000000000000005 ";
    private static final String ASKER = "fd000000000000000000000000000004";
    private static final String NOBODY = "00".repeat(16);

    @Test
    void arp() {
        assertThat(words(EthernetFrame.arpRequest(CLIENT, CLIENT_IP, GUEST_IP)))
                .isEqualTo("ARP who has 198.18.9.5? tell 198.18.9.4");
        assertThat(words(EthernetFrame.arpReply(GUEST, GUEST_IP, CLIENT, CLIENT_IP)))
                .isEqualTo("ARP 198.18.9.5 is at 02:9e:00:00:00:05");
        assertThat(words(EthernetFrame.gratuitousArp(GUEST, GUEST_IP)))
                .isEqualTo("gratuitous ARP 198.18.9.5 is at 02:9e:00:00:00:05");
    }

    @Test
    void neighbourDiscovery() {
        String question = "87 00 0000 00000000 fd000000000000000000000000000005";
        assertThat(ipv6(58, ASKER, question)).isEqualTo("ND who has fd00::5? tell fd00::4");
        assertThat(ipv6(58, NOBODY, question)).isEqualTo("ND who has fd00::5? (DAD)");
        assertThat(words(EthernetFrame.neighbourAdvertisement(GUEST, InterfaceIp.ip("fd00::5"))))
                .isEqualTo("ND fd00::5 is at 02:9e:00:00:00:05");
    }

    @Test
    void anAdvertisementNamesTheAddressInIt() {
        String answer = "88 00 0000 60000000 fd000000000000000000000000000005";
        assertThat(ipv6(58, ASKER, answer + "0201 021a12090002")).isEqualTo("ND fd00::5 is at 02:1a:12:09:00:02");
        assertThat(ipv6(58, ASKER, answer)).isEqualTo("ND fd00::5 is at " + CLIENT);
    }

    @ParameterizedTest
    @CsvSource({
        "0800, ICMP echo request",
        "0000, ICMP echo reply",
        "0300, ICMP network unreachable",
        "0301, ICMP host unreachable",
        "0302, ICMP protocol unreachable",
        "0303, ICMP port unreachable",
        "0304, ICMP fragmentation needed",
        "030d, ICMP administratively prohibited",
        "030f, 'ICMP unreachable, code 15'",
        "0501, ICMP redirect",
        "0b00, ICMP time exceeded",
        "0d00, ICMP type 13 code 0"
    })
    void icmp(String message, String words) {
        assertThat(ipv4(1, message + "0000")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, ICMPv6 echo request",
        "8100, ICMPv6 echo reply",
        "0100, ICMPv6 no route",
        "0101, ICMPv6 administratively prohibited",
        "0103, ICMPv6 address unreachable",
        "0104, ICMPv6 port unreachable",
        "0102, 'ICMPv6 unreachable, code 2'",
        "0200, ICMPv6 packet too big",
        "0300, ICMPv6 time exceeded",
        "8200, MLD query",
        "8f00, MLD report",
        "8400, MLD done",
        "8500, ND router solicitation",
        "8600, ND router advertisement",
        "8700, 'ND, cut'",
        "8900, ND redirect",
        "9700, ICMPv6 type 151 code 0"
    })
    void icmpv6(String message, String words) {
        assertThat(ipv6(58, ASKER, message + "0000")).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "02, SYN",
        "12, 'SYN, ACK'",
        "10, ACK",
        "18, 'PSH, ACK'",
        "11, 'FIN, ACK'",
        "14, 'RST, ACK'",
        "04, RST",
        "c2, SYN",
        "00, ''"
    })
    void tcp(String octet, String flags) {
        assertThat(ipv4(6, "9c56 0016 00000000 00000000 50" + octet)).isEqualTo("TCP 40022 > 22 [%s]", flags);
        assertThat(ipv6(6, ASKER, "9c56 0016 00000000 00000000 50" + octet)).isEqualTo("TCP 40022 > 22 [%s]", flags);
    }

    @Test
    void udp() {
        assertThat(words(EthernetFrame.udp(CLIENT, CLIENT_IP, GUEST, GUEST_IP, new Ports(1000, 2000), (byte) 1)))
                .isEqualTo("UDP 1000 > 2000");
        assertThat(words(EthernetFrame.udp(CLIENT, CLIENT_IP, GUEST, GUEST_IP, new Ports(1000, 2000))
                        .withVlan(7)))
                .isEqualTo("VLAN 7: UDP 1000 > 2000");
    }

    @ParameterizedTest
    @CsvSource({
        "0100 0001 0000, 0001, DNS A web.test?",
        "0100 0001 0000, 001c, DNS AAAA web.test?",
        "0100 0001 0000, 0041, DNS TYPE65 web.test?",
        "8180 0001 0001, 0001, DNS A web.test: 1 answer",
        "8180 0001 0002, 0001, DNS A web.test: 2 answers",
        "8180 0001 0000, 0001, DNS A web.test: nothing",
        "8183 0001 0000, 0001, DNS A web.test: no such name",
        "8182 0001 0000, 0001, DNS A web.test: server failure",
        "8185 0001 0000, 0001, DNS A web.test: refused"
    })
    void dns(String header, String type, String words) {
        assertThat(dns("1234" + header + "0000 0000 03 776562 04 74657374 00" + type + "0001"))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "a reference instead of a name, 1234 0100 0001 0000 0000 0000 c00c 0001 0001",
        "no question, 1234 0100 0000 0000 0000 0000",
        "cut in a label, 1234 0100 0001 0000 0000 0000 09 7765",
        "cut before the type, 1234 0100 0001 0000 0000 0000 01 77 00 00",
        "cut in the header, 1234 0100"
    })
    void dnsThatCannotBeReadIsUdp(String why, String message) {
        assertThat(dns(message)).as(why).isEqualTo("UDP 1000 > 53");
    }

    @Test
    void whatElsePasses() {
        assertThat(ipv4(2, "16000000")).isEqualTo("IGMP");
        assertThat(ipv4(89, "")).isEqualTo("IPv4 protocol 89");
        assertThat(ipv6(89, ASKER, "")).isEqualTo("IPv6 protocol 89");
        assertThat(FrameWords.of(hex(IPV4.formatted(17).replace("4000 40", "0010 40") + "00000000")))
                .isEqualTo("IPv4 fragment");
        assertThat(words(EthernetFrame.probe(CLIENT, GUEST))).isEqualTo("ethertype 0x88b5");
        assertThat(FrameWords.of(hex("0180c2000000 02c112090004 0026 4242"))).isEqualTo("802.3 length 38");
    }

    @Test
    void whatIsCut() {
        byte[] arp = EthernetFrame.arpRequest(CLIENT, CLIENT_IP, GUEST_IP).bytes();
        assertThat(FrameWords.of(Arrays.copyOf(arp, 20))).isEqualTo("ARP, cut or not for IPv4");
        assertThat(FrameWords.of(Arrays.copyOf(arp, 13))).isEqualTo("no Ethernet frame: 13 octets");
        assertThat(FrameWords.of(hex(ETHERNET + "0800 45"))).isEqualTo("IPv4, cut or malformed");
        assertThat(FrameWords.of(hex(ETHERNET + "86dd 60"))).isEqualTo("IPv6, cut or malformed");
        assertThat(ipv4(6, "9c56 0016")).isEqualTo("TCP 40022 > 22");
    }

    @Property
    void anyBytes(@ForAll byte[] bytes) {
        assertThat(FrameWords.of(bytes)).isNotBlank();
    }

    @Property
    void anyPayload(@ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 255) int protocol) {
        assertThat(ipv4(protocol, HexFormat.of().formatHex(bytes))).isNotBlank();
        assertThat(ipv6(protocol, ASKER, HexFormat.of().formatHex(bytes))).isNotBlank();
        assertThat(dns(HexFormat.of().formatHex(bytes))).isNotBlank();
    }

    @Test
    void aNameOfAnyOctetsIsText() {
        assertThat(dns("1234 0100 0001 0000 0000 0000 04 ff1b3c00 00 0001 0001"))
                .isEqualTo("DNS A %s?", new String(hex("ff1b3c00"), StandardCharsets.UTF_8));
    }

    private static String dns(String message) {
        return ipv4(17, "03e8 0035 0000 0000" + message);
    }

    private static String ipv4(int protocol, String payload) {
        return FrameWords.of(hex(IPV4.formatted(protocol) + payload));
    }

    private static String ipv6(int nextHeader, String source, String payload) {
        return FrameWords.of(hex(IPV6.formatted(nextHeader, source) + payload));
    }

    private static String words(EthernetFrame frame) {
        return FrameWords.of(frame.bytes());
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
