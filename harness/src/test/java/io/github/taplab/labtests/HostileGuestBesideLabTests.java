package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Ports;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A guest whose root sends what no guest should, while another lab runs. All of it passes in its own lab, whose
 * stations are its own business, and none of it in another. The Docker host hears its bridges (SECURITY.md), and
 * believes nothing.
 */
@LabContainer(clients = "near", ipv6 = true)
@MacvtapVm
@Order(13)
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class HostileGuestBesideLabTests {

    private static final int STATIONS = 40;
    private static final InetAddress ROUTER = InterfaceIp.ip("fe80::66");
    private static final InetAddress ALL_NODES = InterfaceIp.ip("ff02::1");
    private static final MacAddress ALL_NODES_MAC = MacAddress.of("33:33:00:00:00:01");
    private static final MacAddress BRIDGES = MacAddress.of("01:80:c2:00:00:00");
    private static final InetAddress ANYBODY = InterfaceIp.ip("0.0.0.0");
    private static final InetAddress EVERYBODY = InterfaceIp.ip("255.255.255.255");

    @FromLab
    static Lab lab;

    @FromLab
    static Guest guest;

    @FromLab
    static Client near;

    private static MacAddress forged(int number) {
        return MacAddress.of("02:66:66:00:00:%02x".formatted(number));
    }

    private static boolean isForged(MacAddress mac) {
        return mac.toString().startsWith("02:66:66:");
    }

    private static final FrameKind FORGED =
            FrameKind.of("frame of a forged station", frame -> isForged(frame.source()));

    @Nested
    @LabContainer(gateway = GatewayPlace.DOCKER_HOST, clients = "far")
    class AnotherLab {

        @Test
        @Timeout(200)
        void doesNotHearOfItNorDoesTheDockerHostBelieveIt(
                Lab other, @FromLab("far") Client far, Launcher launcher, Gateway dockerHost) {
            Traffic[] here = new Traffic[1];
            Traffic there = other.trafficOf(() -> {
                here[0] = lab.trafficOf(() -> attack(far.ip()));
                assertThat(far.whoHas(launcher.ip())).isAnsweredOnlyBy(launcher.mac());
                assertThat(far.ping(launcher.ip())).isAnswered();
                assertThat(launcher.ping(dockerHost.ip())).isAnswered();
            });

            assertThat(here[0])
                    .hasPassed(FORGED, guest, near)
                    .hasPassed(advertisement(), guest, near)
                    .hasPassed(FrameKind.questionFor(lab.subnet().host(150)), guest, near);
            assertThat(there)
                    .hasNotPassed(FORGED, far)
                    .hasNotPassed(FORGED, launcher)
                    .hasAnswersFor(launcher.ip(), launcher.mac());
            assertThat(far.neighbours())
                    .noneMatch(entry -> entry.mac().filter(mac -> isForged(mac)).isPresent());
            assertThat(dockerHost.run("ip", "-6", "addr").text()).doesNotContain("fd66:6666:");
            assertThat(dockerHost
                            .run("ip", "-6", "route", "show", "table", "all")
                            .text())
                    .doesNotContain("fd66:6666:", "via fe80::66 ");
            // Of the Docker host's neighbours only the bridge of the guest's own lab may have such a station.
            assertThat(dockerHost
                            .run("ip", "neigh", "show", "dev", dockerHost.nic())
                            .text())
                    .doesNotContain("02:66:66:");
        }
    }

    private static FrameKind advertisement() {
        return FrameKind.of(
                "router advertisement",
                frame -> frame.icmp().filter(message -> message.type() == 134).isPresent() && isForged(frame.source()));
    }

    /**
     * In the guest what its kernel can do by itself, and at its macvtap, in its place, what it would need tools for.
     */
    private static void attack(InetAddress of) {
        guest.sh("modprobe macvlan; n=1; while [ $n -le %d ]; do".formatted(STATIONS)
                + " printf 'link add link eth0 name s%d address 02:66:66:00:00:%02x type macvlan mode bridge\\nlink set s%d up\\n'"
                + " $n $n $n; n=$((n + 1)); done | ip -batch -");
        String network = lab.subnet().host(1).getHostAddress().replaceFirst("\\d+$", "");
        guest.sh("n=150; while [ $n -lt 200 ]; do ping -c 1 -W 1 %s$n >/dev/null & n=$((n + 1)); done; wait; true"
                .formatted(network));
        Launcher launcher = guest.launcher();
        String macvtap = guest.macvtap().name();
        InetAddress foreign = InterfaceIp.ip("172.17.0.1");
        for (EthernetFrame frame : new EthernetFrame[] {
            routerAdvertisement(),
            EthernetFrame.udp(forged(1), ANYBODY, MacAddress.BROADCAST, EVERYBODY, new Ports(68, 67), new byte[300]),
            EthernetFrame.udp(forged(1), foreign, MacAddress.BROADCAST, EVERYBODY, new Ports(67, 68), new byte[300]),
            EthernetFrame.gratuitousArp(forged(2), of),
            EthernetFrame.gratuitousArp(forged(2), foreign),
            EthernetFrame.arpRequest(forged(3), of, foreign),
            EthernetFrame.arpRequest(forged(3), foreign, foreign),
            EthernetFrame.neighbourAdvertisement(forged(4), InterfaceIp.ip("fe80::1")),
            EthernetFrame.udp(forged(5), of, MacAddress.BROADCAST, foreign, new Ports(53, 53), new byte[64]),
            EthernetFrame.probe(forged(6), BRIDGES),
            EthernetFrame.probe(forged(6), MacAddress.BROADCAST).withVlan(1),
        }) {
            launcher.send(macvtap, frame);
        }
    }

    /** "I am the router for half an hour, and this is your prefix" (RFC 4861, 4.2 and 4.6.2). */
    private static EthernetFrame routerAdvertisement() {
        int length = 16 + 32;
        ByteBuffer packet = ByteBuffer.allocate(40 + length)
                .putInt(0x6000_0000)
                .putShort((short) length)
                .put((byte) 58)
                .put((byte) 255)
                .put(ROUTER.getAddress())
                .put(ALL_NODES.getAddress())
                .put((byte) 134)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(1800)
                .putLong(0)
                .put((byte) 3)
                .put((byte) 4)
                .put((byte) 64)
                .put((byte) 0xc0)
                .putInt(86_400)
                .putInt(14_400)
                .putInt(0)
                .put(InterfaceIp.ip("fd66:6666::").getAddress());
        int sum = length + 58;
        for (int at = 8; at < packet.capacity(); at += 2) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        sum = (sum & 0xffff) + (sum >> 16);
        packet.putShort(42, (short) ~sum);
        return EthernetFrame.of(forged(1), ALL_NODES_MAC, Frame.ETHERTYPE_IPV6, packet.array());
    }
}
