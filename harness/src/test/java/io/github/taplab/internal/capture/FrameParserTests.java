package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import io.github.taplab.capture.ArpPacket;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.IcmpMessage;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.capture.Ipv6Header;
import io.github.taplab.capture.NeighbourDiscovery;
import io.github.taplab.capture.Ports;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTests {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000123Z");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");

    private static final String TO_GUEST = "029e12090005 02c112090004 ";
    private static final String ARP_REQUEST =
            "ffffffffffff 02c112090004 0806 0001 0800 06 04 0001 02c112090004 c6120904 000000000000 c6120905";
    private static final String IPV4_ADDRESSES = "c6120904 c6120905";
    private static final String ECHO_REQUEST =
            TO_GUEST + "0800 45 00 001c 0000 4000 40 01 0000" + IPV4_ADDRESSES + "0800f7ff00000000";
    private static final String IPV6_ADDRESSES = "fd7461706c6212090000000000000004 fd7461706c6212090000000000000005";
    private static final String SOLICITATION = "3333ff000005 02c112090004 86dd 60000000 0020 3a ff"
            + "fd7461706c6212090000000000000004 ff0200000000000000000001ff000005"
            + "8700 0000 00000000 fd7461706c6212090000000000000005 0101 02c112090004";
    private static final String TCP =
            TO_GUEST + "86dd 60000000 0014 06 40" + IPV6_ADDRESSES + "c000 0016 00000001 00000000 5002 ffff 0000 0000";

    @Test
    void arpRequest() {
        Frame frame = parse(ARP_REQUEST);

        assertThat(frame)
                .isEqualTo(new Frame(
                        AT,
                        CLIENT,
                        MacAddress.BROADCAST,
                        Optional.empty(),
                        Frame.ETHERTYPE_ARP,
                        Optional.of(new ArpPacket(
                                ArpPacket.REQUEST,
                                CLIENT,
                                InterfaceIp.ip("198.18.9.4"),
                                new MacAddress(0),
                                InterfaceIp.ip("198.18.9.5"))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasToString("02:c1:12:09:00:04 > ff:ff:ff:ff:ff:ff ARP who has 198.18.9.5? tell 198.18.9.4");
    }

    @Test
    void arpReplyWithItsPadding() {
        Frame frame = parse("02c112090004 029e12090005 0806"
                + "0001 0800 06 04 0002 029e12090005 c6120905 02c112090004 c6120904"
                // What fills a frame up to the shortest one allowed.
                + "00".repeat(18));

        assertThat(frame.arp())
                .hasValue(new ArpPacket(
                        ArpPacket.REPLY, GUEST, InterfaceIp.ip("198.18.9.5"), CLIENT, InterfaceIp.ip("198.18.9.4")));
        assertThat(frame).hasToString("02:9e:12:09:00:05 > 02:c1:12:09:00:04 ARP 198.18.9.5 is at 02:9e:12:09:00:05");
    }

    @Test
    void gratuitousArp() {
        Frame frame = parse(ARP_REQUEST.replace("c6120905", "c6120904"));

        assertThat(frame.arp())
                .hasValueSatisfying(arp ->
                        assertThat(arp.announces(InterfaceIp.ip("198.18.9.4"))).isTrue());
        assertThat(frame)
                .hasToString("02:c1:12:09:00:04 > ff:ff:ff:ff:ff:ff gratuitous ARP 198.18.9.4 is at 02:c1:12:09:00:04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0006 0800 06 04", "0001 86dd 06 04", "0001 0800 08 04", "0001 0800 06 10"})
    void arpForOtherAddressesIsNotRead(String kind) {
        assertThat(parse(ARP_REQUEST.replace("0001 0800 06 04", kind)).arp()).isEmpty();
    }

    @Test
    void echoRequest() {
        Frame frame = parse(ECHO_REQUEST);

        assertThat(frame.ipv4())
                .hasValue(new Ipv4Header(InterfaceIp.ip("198.18.9.4"), InterfaceIp.ip("198.18.9.5"), Ipv4Header.ICMP));
        assertThat(frame.icmp()).hasValue(new IcmpMessage(IcmpMessage.ECHO_REQUEST, 0));
        assertThat(frame)
                .hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 IPv4 198.18.9.4 > 198.18.9.5 ICMP echo request");
    }

    @Test
    void icmpErrorHasTypeAndCode() {
        Frame frame = parse(ECHO_REQUEST.replace("0800f7ff", "0301f7ff"));

        assertThat(frame.icmp()).hasValue(new IcmpMessage(3, 1));
        assertThat(frame.toString()).endsWith(" ICMP type 3 code 1");
    }

    @Test
    void tagIsReadAndTheEtherTypeIsTheInnerOne() {
        Frame frame = parse(ECHO_REQUEST.replace("0800 45", "8100 a02a 0800 45"));

        assertThat(frame.vlan()).hasValue(42);
        assertThat(frame.etherType()).isEqualTo(Frame.ETHERTYPE_IPV4);
        assertThat(frame.icmp()).isPresent();
        assertThat(frame)
                .hasToString(
                        "02:c1:12:09:00:04 > 02:9e:12:09:00:05 vlan 42 IPv4 198.18.9.4 > 198.18.9.5 ICMP echo request");
    }

    @Test
    void ofTwoTagsTheOuterIsRead() {
        Frame frame = parse(ECHO_REQUEST.replace("0800 45", "88a8 0007 8100 0009 0800 45"));

        assertThat(frame.vlan()).hasValue(7);
        assertThat(frame.etherType()).isEqualTo(Frame.ETHERTYPE_VLAN);
        assertThat(frame.ipv4()).isEmpty();
        assertThat(frame.toString()).endsWith(" vlan 7 ethertype 0x8100");
    }

    @Test
    void udpBehindIpv4Options() {
        // A header of 6 words, the last of them an option.
        Frame frame = parse(
                TO_GUEST + "0800 46 00 0020 0000 0000 40 11 0000" + IPV4_ADDRESSES + "94040000 0044 0043 0008 0000");

        assertThat(frame.udp()).hasValue(new Ports(68, 67));
        assertThat(frame.tcp()).isEmpty();
        assertThat(frame.toString()).endsWith("IPv4 198.18.9.4 > 198.18.9.5 UDP 68 > 67");
    }

    @Test
    void tcpOverIpv6() {
        Frame frame = parse(TCP);

        assertThat(frame.ipv6())
                .hasValue(new Ipv6Header(
                        InterfaceIp.ip("fd74:6170:6c62:1209::4"),
                        InterfaceIp.ip("fd74:6170:6c62:1209::5"),
                        Ipv4Header.TCP));
        assertThat(frame.tcp()).hasValue(new Ports(0xc000, 22));
        assertThat(frame.udp()).isEmpty();
        assertThat(frame.toString()).endsWith("IPv6 fd74:6170:6c62:1209::4 > fd74:6170:6c62:1209::5 TCP 49152 > 22");
    }

    @Test
    void neighbourSolicitation() {
        Frame frame = parse(SOLICITATION);

        assertThat(frame.icmp()).hasValue(new IcmpMessage(IcmpMessage.NEIGHBOUR_SOLICITATION, 0));
        assertThat(frame.neighbourDiscovery())
                .hasValue(new NeighbourDiscovery(false, InterfaceIp.ip("fd74:6170:6c62:1209::5")));
        assertThat(frame)
                .hasToString("02:c1:12:09:00:04 > 33:33:ff:00:00:05 IPv6 fd74:6170:6c62:1209::4 > ff02::1:ff00:5"
                        + " neighbour solicitation for fd74:6170:6c62:1209::5");
    }

    @Test
    void neighbourAdvertisement() {
        Frame frame = parse(SOLICITATION.replace("8700 0000 00000000", "8800 0000 a0000000"));

        assertThat(frame.neighbourDiscovery())
                .hasValue(new NeighbourDiscovery(true, InterfaceIp.ip("fd74:6170:6c62:1209::5")));
        assertThat(frame.toString()).endsWith(" neighbour advertisement of fd74:6170:6c62:1209::5");
    }

    @Test
    void icmpv6BehindAHopByHopHeader() {
        // A multicast listener report, as every station sends when it joins a group.
        Frame frame = parse("333300000016 02c112090004 86dd 60000000 0010 00 01" + "00".repeat(16)
                + "ff020000000000000000000000000016 3a00 05020000 0000 8f00 0000 0000 0000");

        assertThat(frame.ipv6())
                .hasValueSatisfying(header -> assertThat(header.nextHeader()).isZero());
        assertThat(frame.icmp()).hasValue(new IcmpMessage(143, 0));
        assertThat(frame.neighbourDiscovery()).isEmpty();
        assertThat(frame.toString()).endsWith("IPv6 :: > ff02::16 ICMP type 143 code 0");
    }

    @ParameterizedTest
    @CsvSource({"2000, true", "2001, false", "00b9, false"})
    void onlyTheFirstIpv4FragmentHasPorts(String flagsAndOffset, boolean ports) {
        Frame frame = parse(TO_GUEST + "0800 45 00 001c 0001 " + flagsAndOffset + " 40 11 0000" + IPV4_ADDRESSES
                + "1389 0035 0800 0000");

        assertThat(frame.udp().isPresent()).isEqualTo(ports);
        assertThat(frame.ipv4()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0001, true", "0008, false"})
    void onlyTheFirstIpv6FragmentHasPorts(String offsetAndFlags, boolean ports) {
        Frame frame = parse(TO_GUEST + "86dd 60000000 0010 2c 40" + IPV6_ADDRESSES + "1100 " + offsetAndFlags
                + " 00000001 1389 0035 0800 0000");

        assertThat(frame.udp().isPresent()).isEqualTo(ports);
    }

    @Test
    void paddingIsNoPayload() {
        // An IPv4 packet that ends with its header, in a frame that goes on.
        Frame frame = parse(TO_GUEST + "0800 45 00 0014 0000 0000 40 01 0000" + IPV4_ADDRESSES + "0000 0000 0000");

        assertThat(frame.ipv4()).isPresent();
        assertThat(frame.icmp()).isEmpty();
        assertThat(frame.toString()).endsWith("IPv4 198.18.9.4 > 198.18.9.5 protocol 1");
    }

    @Test
    void packetWithoutALengthIsReadToTheEnd() {
        assertThat(parse(ECHO_REQUEST.replace("001c", "0000")).icmp()).isPresent();
        assertThat(parse(TCP.replace("0014 06", "0000 06")).tcp()).isPresent();
    }

    @Test
    void addressOfAMappedIpv4AddressStaysIpv6() {
        Frame frame = parse(TCP.replace("fd7461706c6212090000000000000004", "00000000000000000000ffffc6120904"));

        assertThat(frame.ipv6())
                .hasValueSatisfying(header -> assertThat(header.source()).isInstanceOf(Inet6Address.class));
    }

    @Test
    void framesOfOtherProtocolsHaveAnEtherTypeOnly() {
        assertThat(parse(TO_GUEST + "88b5 cafe")).hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 ethertype 0x88b5");
        assertThat(parse("0180c2000000 02c112090004 0026 424203"))
                .hasToString("02:c1:12:09:00:04 > 01:80:c2:00:00:00 802.3 length 38");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0800 65", "0800 44", "0800 40"})
    void ipv4ThatIsNoneIsNotRead(String start) {
        assertThat(parse(ECHO_REQUEST.replace("0800 45", start)).icmp()).isEmpty();
    }

    @Test
    void ipv6ThatIsNoneIsNotRead() {
        assertThat(parse(TCP.replace("86dd 6", "86dd 4")).ipv6()).isEmpty();
    }

    @Test
    void withoutAnEthernetHeaderThereIsNoFrame() {
        assertThat(FrameParser.parse(AT, ByteBuffer.wrap(new byte[13]))).isEmpty();
        assertThat(FrameParser.parse(AT, ByteBuffer.allocate(0))).isEmpty();
        assertThat(parse("029e12090005 02c112090004 0800")).isNotNull();
    }

    @Test
    void cutShortWithinAPartThatPartIsMissing() {
        assertThat(cut(ARP_REQUEST, 14 + 27).arp()).isEmpty();
        assertThat(cut(ECHO_REQUEST, 14 + 19).ipv4()).isEmpty();
        assertThat(cut(ECHO_REQUEST, 14 + 20).ipv4()).isPresent();
        assertThat(cut(ECHO_REQUEST, 14 + 20).icmp()).isEmpty();
        assertThat(cut(ECHO_REQUEST, 14 + 22).icmp()).isPresent();
        assertThat(cut(TCP, 14 + 39).ipv6()).isEmpty();
        assertThat(cut(TCP, 14 + 43).tcp()).isEmpty();
        assertThat(cut(TCP, 14 + 44).tcp()).isPresent();
        assertThat(cut(SOLICITATION, 14 + 40 + 23).neighbourDiscovery()).isEmpty();
        assertThat(cut(SOLICITATION, 14 + 40 + 24).neighbourDiscovery()).isPresent();
        Frame tag = cut(ECHO_REQUEST.replace("0800 45", "8100 002a 0800 45"), 17);
        assertThat(tag.vlan()).isEmpty();
        assertThat(tag.etherType()).isEqualTo(Frame.ETHERTYPE_VLAN);
    }

    @Test
    void readsWhatEthernetFrameWrites() {
        EthernetFrame announcement = EthernetFrame.gratuitousArp(GUEST, InterfaceIp.ip("198.18.9.5"));
        EthernetFrame datagram = EthernetFrame.udp(
                        CLIENT, InterfaceIp.ip("fd00::4"), GUEST, InterfaceIp.ip("fd00::5"), new Ports(40_000, 9))
                .withVlan(5);
        EthernetFrame advertisement = EthernetFrame.neighbourAdvertisement(GUEST, InterfaceIp.ip("fd00::5"));

        assertThat(FrameParser.parse(AT, ByteBuffer.wrap(announcement.bytes())).orElseThrow())
                .hasToString(announcement.toString());
        assertThat(FrameParser.parse(AT, ByteBuffer.wrap(datagram.bytes())).orElseThrow())
                .hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 vlan 5 IPv6 fd00::4 > fd00::5 UDP 40000 > 9");
        assertThat(FrameParser.parse(AT, ByteBuffer.wrap(advertisement.bytes())).orElseThrow())
                .hasToString("02:9e:12:09:00:05 > 33:33:00:00:00:01 IPv6 fd00::5 > ff02::1"
                        + " neighbour advertisement of fd00::5");
    }

    static List<String> frames() {
        return List.of(
                ARP_REQUEST,
                ECHO_REQUEST,
                ECHO_REQUEST.replace("0800 45", "8100 002a 0800 4f"),
                SOLICITATION,
                TCP,
                TCP.replace("0014 06", "0014 00"),
                TCP.replace("0014 06", "0014 2c"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void nothingThrowsHoweverShortOrDamaged(String octets) {
        byte[] whole = hex(octets);
        // The seed is fixed, so that a failure comes again.
        Random random = new Random(whole.length);
        Stream<byte[]> cuts = Stream.iterate(0, length -> length <= whole.length, length -> length + 1)
                .map(length -> Arrays.copyOf(whole, length));
        Stream<byte[]> damaged = Stream.generate(() -> {
                    byte[] copy = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
                    for (int hits = random.nextInt(8); hits >= 0; hits--) {
                        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
                    }
                    return copy;
                })
                .limit(3_000);

        assertThat(Stream.concat(cuts, damaged))
                .allSatisfy(bytes -> assertThatCode(() ->
                                FrameParser.parse(AT, ByteBuffer.wrap(bytes)).map(Frame::toString))
                        .as(HexFormat.of().formatHex(bytes))
                        .doesNotThrowAnyException());
    }

    @Test
    void frameSaysWhatItAsksForAndAnswers() {
        InetAddress guest = InterfaceIp.ip("198.18.9.5");
        InetAddress guest6 = InterfaceIp.ip("fd74:6170:6c62:1209::5");
        Frame question = parse(ARP_REQUEST);
        Frame answer = sent(EthernetFrame.arpReply(GUEST, guest, CLIENT, InterfaceIp.ip("198.18.9.4")));
        Frame announcement = sent(EthernetFrame.gratuitousArp(GUEST, guest));
        Frame advertisement = sent(EthernetFrame.neighbourAdvertisement(GUEST, guest6));

        assertThat(List.of(question, answer, announcement, parse(SOLICITATION), advertisement))
                .extracting(
                        frame -> frame.asksFor(guest),
                        frame -> frame.answersFor(guest),
                        frame -> frame.asksFor(guest6),
                        frame -> frame.answersFor(guest6))
                .containsExactly(
                        tuple(true, false, false, false),
                        tuple(false, true, false, false),
                        tuple(false, true, false, false),
                        tuple(false, false, true, false),
                        tuple(false, false, false, true));
        assertThat(question.asksFor(InterfaceIp.ip("198.18.9.4"))).isFalse();
    }

    @Test
    void frameSaysForWhomItsEchoRequestIs() {
        InetAddress guest = InterfaceIp.ip("198.18.9.5");

        assertThat(parse(ECHO_REQUEST).isEchoRequestTo(guest)).isTrue();
        assertThat(parse(ECHO_REQUEST).isEchoRequestTo(InterfaceIp.ip("198.18.9.4")))
                .isFalse();
        assertThat(parse(ECHO_REQUEST.replace("0800f7ff", "0000ffff")).isEchoRequestTo(guest))
                .as("a reply")
                .isFalse();
        assertThat(parse(ARP_REQUEST).isEchoRequestTo(guest)).isFalse();
        assertThat(parse(SOLICITATION).isEchoRequestTo(InterfaceIp.ip("ff02::1:ff00:5")))
                .isFalse();
    }

    private static Frame sent(EthernetFrame frame) {
        return FrameParser.parse(AT, ByteBuffer.wrap(frame.bytes())).orElseThrow();
    }

    private static Frame parse(String octets) {
        return FrameParser.parse(AT, ByteBuffer.wrap(hex(octets))).orElseThrow();
    }

    private static Frame cut(String octets, int length) {
        return FrameParser.parse(AT, ByteBuffer.wrap(Arrays.copyOf(hex(octets), length)))
                .orElseThrow();
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
