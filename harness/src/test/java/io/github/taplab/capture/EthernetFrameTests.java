package io.github.taplab.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksums are those that {@code tcpdump -vv} says are right. */
class EthernetFrameTests {

    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");
    private static final InetAddress CLIENT_IP = InterfaceIp.ip("198.18.9.4");
    private static final InetAddress GUEST_IP = InterfaceIp.ip("198.18.9.5");
    private static final InetAddress CLIENT_IP6 = InterfaceIp.ip("fd74:6170:6c62:1209::4");

    @Test
    void plainFrame() {
        EthernetFrame frame = EthernetFrame.of(CLIENT, GUEST, 0x88b5, new byte[] {(byte) 0xca, (byte) 0xfe});

        assertThat(frame.bytes()).isEqualTo(hex("029e12090005 02c112090004 88b5 cafe"));
        assertThat(frame).hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 ethertype 0x88b5, 2 bytes");
    }

    @Test
    void probeIsAnExperimentOfItsOwn() {
        EthernetFrame probe = EthernetFrame.probe(CLIENT, MacAddress.BROADCAST);

        assertThat(probe.etherType()).isEqualTo(0x88b5);
        assertThat(new String(probe.bytes(), 14, 12, StandardCharsets.US_ASCII)).isEqualTo("taplab probe");
    }

    @Test
    void tagComesBetweenSourceAndEtherType() {
        EthernetFrame plain = EthernetFrame.of(CLIENT, GUEST, 0x88b5, (byte) 1);
        EthernetFrame tagged = plain.withVlan(42);

        assertThat(tagged.bytes()).isEqualTo(hex("029e12090005 02c112090004 8100 002a 88b5 01"));
        assertThat(tagged.vlan()).hasValue(42);
        assertThat(tagged.etherType()).isEqualTo(0x88b5);
        assertThat(tagged).hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 vlan 42 ethertype 0x88b5, 1 bytes");
        assertThat(plain.vlan()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4095, 4096})
    void vlanIdHasTwelveBitsAndTheLastIsReserved(int id) {
        EthernetFrame probe = EthernetFrame.probe(CLIENT, GUEST);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.withVlan(id))
                .withMessage("A VLAN id is 0 to 4094, found %d", id);
        assertThat(probe.withVlan(4094).vlan()).hasValue(4094);
    }

    @Test
    void etherTypeIsNoLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EthernetFrame.of(CLIENT, GUEST, 0x05ff))
                .withMessage("An EtherType is 0x0600 to 0xffff, found 0x05ff");
        assertThatIllegalArgumentException().isThrownBy(() -> EthernetFrame.of(CLIENT, GUEST, 0x1_0000));
    }

    @Test
    void arpRequest() {
        EthernetFrame frame = EthernetFrame.arpRequest(CLIENT, CLIENT_IP, GUEST_IP);

        assertThat(frame.bytes())
                .isEqualTo(hex("ffffffffffff 02c112090004 0806"
                        + "0001 0800 06 04 0001 02c112090004 c6120904 000000000000 c6120905"));
        assertThat(frame).hasToString("02:c1:12:09:00:04 > ff:ff:ff:ff:ff:ff ARP who has 198.18.9.5? tell 198.18.9.4");
    }

    @Test
    void arpReply() {
        EthernetFrame frame = EthernetFrame.arpReply(GUEST, GUEST_IP, CLIENT, CLIENT_IP);

        assertThat(frame.bytes())
                .isEqualTo(hex("02c112090004 029e12090005 0806"
                        + "0001 0800 06 04 0002 029e12090005 c6120905 02c112090004 c6120904"));
    }

    @Test
    void gratuitousArp() {
        EthernetFrame frame = EthernetFrame.gratuitousArp(GUEST, GUEST_IP);

        assertThat(frame.bytes())
                .isEqualTo(hex("ffffffffffff 029e12090005 0806"
                        + "0001 0800 06 04 0001 029e12090005 c6120905 000000000000 c6120905"));
        assertThat(frame)
                .hasToString("02:9e:12:09:00:05 > ff:ff:ff:ff:ff:ff gratuitous ARP 198.18.9.5 is at 02:9e:12:09:00:05");
    }

    @Test
    void arpIsForIpv4() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EthernetFrame.gratuitousArp(CLIENT, CLIENT_IP6))
                .withMessage("ARP is for IPv4 addresses, found fd74:6170:6c62:1209::4;"
                        + " what IPv6 has instead is a neighbour advertisement");
        assertThatIllegalArgumentException().isThrownBy(() -> EthernetFrame.arpRequest(CLIENT, CLIENT_IP, CLIENT_IP6));
    }

    @Test
    void neighbourAdvertisement() {
        EthernetFrame frame = EthernetFrame.neighbourAdvertisement(CLIENT, CLIENT_IP6);

        assertThat(frame.bytes())
                .isEqualTo(hex("333300000001 02c112090004 86dd 60000000 0020 3a ff"
                        + "fd7461706c6212090000000000000004 ff020000000000000000000000000001"
                        + "8800 8728 20000000 fd7461706c6212090000000000000004 0201 02c112090004"));
        assertThat(frame)
                .hasToString("02:c1:12:09:00:04 > 33:33:00:00:00:01 neighbour advertisement of fd74:6170:6c62:1209::4");
    }

    @Test
    void neighbourAdvertisementIsForIpv6() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EthernetFrame.neighbourAdvertisement(CLIENT, CLIENT_IP))
                .withMessage("Neighbour advertisements are for IPv6 addresses, found 198.18.9.4;"
                        + " what IPv4 has instead is gratuitous ARP");
    }

    @Test
    void udpOverIpv4() {
        EthernetFrame frame = EthernetFrame.udp(
                CLIENT, CLIENT_IP, GUEST, GUEST_IP, new Ports(40_000, 9), (byte) 'h', (byte) 'i', (byte) '!');

        assertThat(frame.bytes())
                .isEqualTo(hex("029e12090005 02c112090004 0800 4500 001f 0000 0000 40 11 dca0 c6120904 c6120905"
                        + "9c40 0009 000b 3bf7 686921"));
        assertThat(frame).hasToString("02:c1:12:09:00:04 > 02:9e:12:09:00:05 198.18.9.4 > 198.18.9.5 UDP 40000 > 9");
    }

    @Test
    void udpOverIpv6() {
        EthernetFrame frame = EthernetFrame.udp(
                CLIENT, CLIENT_IP6, MacAddress.BROADCAST, InterfaceIp.ip("ff02::1"), new Ports(40_000, 9), (byte) 'h');

        assertThat(frame.bytes())
                .isEqualTo(hex("ffffffffffff 02c112090004 86dd 60000000 0009 11 40"
                        + "fd7461706c6212090000000000000004 ff020000000000000000000000000001"
                        + "9c40 0009 0009 1f3a 68"));
    }

    @Test
    void udpIsBetweenAddressesOfOneFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EthernetFrame.udp(CLIENT, CLIENT_IP, GUEST, CLIENT_IP6, new Ports(1, 2)))
                .withMessage("A packet's addresses are both IPv4 or both IPv6,"
                        + " found 198.18.9.4 and fd74:6170:6c62:1209::4");
    }

    @Test
    void portHasSixteenBits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ports(65_536, 2))
                .withMessage("A port is 0 to 65535, found 65536 and 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Ports(1, -1));
    }

    @Test
    void framesAreEqualByWhatGoesOverTheWire() {
        EthernetFrame request = EthernetFrame.arpRequest(CLIENT, CLIENT_IP, CLIENT_IP);

        assertThat(request)
                .isEqualTo(EthernetFrame.gratuitousArp(CLIENT, CLIENT_IP))
                .hasSameHashCodeAs(EthernetFrame.gratuitousArp(CLIENT, CLIENT_IP))
                .isNotEqualTo(request.withVlan(1))
                .isNotEqualTo(EthernetFrame.gratuitousArp(GUEST, CLIENT_IP));
    }

    @Test
    void nobodyCanChangeItFromOutside() {
        byte[] payload = {1};
        EthernetFrame frame = EthernetFrame.of(CLIENT, GUEST, 0x88b5, payload);
        payload[0] = 2;
        frame.bytes()[14] = 3;

        assertThat(frame.bytes()[14]).isEqualTo((byte) 1);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
