package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.IcmpMessage;
import io.github.taplab.capture.Ipv4Header;
import io.github.taplab.capture.Ports;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@LabContainer(ipv6 = true)
class CaptureLabTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    @Test
    void whatPassesIsRecorded(Launcher launcher, Client client) {
        try (Capture capture = launcher.capture("eth0", "arp")) {
            client.whoHas(launcher.ip());

            Frame question = capture.await(
                    "the question",
                    frame -> frame.arp()
                            .filter(arp -> arp.asksFor(launcher.ip()))
                            .isPresent(),
                    SOON);
            Frame answer = capture.await(
                    "the answer",
                    frame -> frame.arp()
                            .filter(arp -> arp.answersFor(launcher.ip()))
                            .isPresent(),
                    SOON);

            assertThat(question.source()).isEqualTo(client.mac());
            assertThat(question.destination()).isEqualTo(MacAddress.BROADCAST);
            assertThat(question.etherType()).isEqualTo(Frame.ETHERTYPE_ARP);
            assertThat(answer.source()).isEqualTo(launcher.mac());
            assertThat(answer.at()).isAfterOrEqualTo(question.at());
            assertThat(capture.frames()).contains(question, answer);
        }
    }

    @Test
    void theFilterFilters(Launcher launcher, Client client) {
        try (Capture echos = client.capture("eth0", "icmp")) {
            client.flushNeighbours();
            assertThat(client).reaches(launcher.ip());

            echos.await(
                    "an echo",
                    frame -> frame.ipv4()
                            .filter(header -> header.destination().equals(client.ip()))
                            .isPresent(),
                    SOON);
            assertThat(echos.frames()).allMatch(frame -> frame.etherType() == Frame.ETHERTYPE_IPV4);
        }
    }

    @Test
    void neighbourDiscoveryIsRead(Launcher launcher, Client client) {
        InetAddress wanted = launcher.ip6();
        try (Capture capture = launcher.capture("eth0", "icmp6")) {
            client.whoHas(wanted);

            Frame question = capture.await(
                    "the solicitation",
                    frame -> frame.neighbourDiscovery()
                            .filter(found -> found.asksFor(wanted))
                            .isPresent(),
                    SOON);
            Frame answer = capture.await(
                    "the advertisement",
                    frame -> frame.neighbourDiscovery()
                            .filter(found -> found.answersFor(wanted))
                            .isPresent(),
                    SOON);

            assertThat(question.destination().isMulticast()).isTrue();
            assertThat(question.etherType()).isEqualTo(Frame.ETHERTYPE_IPV6);
            assertThat(answer.source()).isEqualTo(launcher.mac());
            assertThat(answer.icmp()).hasValue(new IcmpMessage(IcmpMessage.NEIGHBOUR_ADVERTISEMENT, 0));
        }
    }

    @Test
    void whatIsSentArrivesAsItIs(Launcher launcher, Client client) {
        MacAddress stranger = client.mac().sibling();
        try (Capture capture = launcher.capture("eth0", "ether src " + stranger)) {
            client.send(EthernetFrame.probe(stranger, launcher.mac()));
            Frame probe = capture.await("the probe", frame -> true, SOON);
            assertThat(probe.destination()).isEqualTo(launcher.mac());
            assertThat(probe.etherType()).isEqualTo(EthernetFrame.ETHERTYPE_EXPERIMENTAL);
            assertThat(probe.vlan()).isEmpty();

            Ports ports = new Ports(40_000, 9);
            client.send(EthernetFrame.udp(stranger, client.ip(), launcher.mac(), launcher.ip(), ports));
            Frame datagram = capture.await("the datagram", frame -> frame.udp().isPresent(), SOON);
            assertThat(datagram.udp()).hasValue(ports);
            assertThat(datagram.ipv4()).hasValue(new Ipv4Header(client.ip(), launcher.ip(), Ipv4Header.UDP));
            assertThat(capture.frames()).containsExactly(probe, datagram);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1499, 1500})
    void whatIsSentIsOneFrame(int payload, Launcher launcher, Client client) {
        MacAddress stranger = client.mac().sibling();
        // A torn-off piece would be a frame made of the payload's bytes, which can be told by its source. A bridge
        // would
        // not pass it on, so this listens where the frames are sent.
        MacAddress inPayload = MacAddress.of("02:02:02:02:02:02");
        byte[] twos = new byte[payload];
        Arrays.fill(twos, (byte) 2);
        try (Capture capture = client.capture("eth0", "ether src %s or ether src %s".formatted(stranger, inPayload))) {
            client.send(EthernetFrame.of(stranger, launcher.mac(), EthernetFrame.ETHERTYPE_EXPERIMENTAL, twos));
            client.send(EthernetFrame.arpRequest(stranger, client.ip(), launcher.ip()));

            Frame marker = capture.await("the later one", frame -> frame.arp().isPresent(), SOON);
            assertThat(capture.frames()).hasSize(2).endsWith(marker);
        }
    }

    @Test
    void tagIsSentAndRead(Launcher launcher, Client client) {
        EthernetFrame question = EthernetFrame.arpRequest(client.mac(), client.ip(), launcher.ip());
        try (Capture capture = launcher.capture("eth0", "")) {
            client.send(question.withVlan(42));

            Frame tagged = capture.await("the tagged one", frame -> frame.vlan().isPresent(), SOON);
            assertThat(tagged.vlan()).hasValue(42);
            assertThat(tagged.etherType()).isEqualTo(Frame.ETHERTYPE_ARP);
            assertThat(tagged.arp())
                    .hasValueSatisfying(
                            arp -> assertThat(arp.asksFor(launcher.ip())).isTrue());

            // A kernel without an interface for VLAN 42 does not answer; untagged it does.
            client.send(question);
            capture.await(
                    "the answer",
                    frame -> frame.arp()
                            .filter(arp -> arp.answersFor(launcher.ip()))
                            .isPresent(),
                    SOON);
            assertThat(capture.frames())
                    .filteredOn(frame -> frame.vlan().isPresent())
                    .hasSize(1);
        }
    }

    @Test
    void whatCantBeSentIsSaidInSocatsWords(Launcher launcher, Client client) {
        EthernetFrame probe = EthernetFrame.probe(client.mac(), launcher.mac());
        EthernetFrame tooLong =
                EthernetFrame.of(client.mac(), launcher.mac(), EthernetFrame.ETHERTYPE_EXPERIMENTAL, new byte[1501]);

        assertThatThrownBy(() -> client.send("eth7", probe))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("Command failed on client: send on eth7 " + probe)
                .hasMessageContaining("unknown interface \"eth7\"");
        assertThatThrownBy(() -> client.send(tooLong))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("Message too long");
    }

    @Test
    void framesStayAfterTheEnd(Launcher launcher, Client client) {
        Capture capture = client.capture("eth0", "arp");
        client.whoHas(launcher.ip());
        Frame seen = capture.await("anything", frame -> true, SOON);
        capture.close();

        assertThat(capture.frames()).contains(seen);
        assertThat(capture.await("anything", frame -> true, SOON)).isEqualTo(seen);
        capture.close();
    }

    @Test
    void whatCameInsteadIsListed(Launcher launcher, Client client) {
        try (Capture capture = client.capture("eth0", "arp")) {
            client.whoHas(launcher.ip());
            capture.await("anything", frame -> true, SOON);

            assertThatThrownBy(() -> capture.await("a unicorn", frame -> false, AT_ONCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "No frame on eth0 on client within 300 ms: a unicorn%nseen instead:%n".formatted())
                    .hasMessageContaining("  %s > ff:ff:ff:ff:ff:ff ARP who has %s?"
                            .formatted(client.mac(), launcher.ip().getHostAddress()));
        }
    }

    @Test
    void nothingAtAllIsSaidToo(Client client) {
        try (Capture capture = client.capture("eth0", "udp port 9")) {
            assertThatThrownBy(() -> capture.await("a unicorn", frame -> true, AT_ONCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("No frame on eth0 on client within 300 ms: a unicorn%nseen instead:%n  nothing"
                            .formatted());
        }
    }

    @Test
    void aBadFilterIsSaidInTcpdumpsWords(Client client) {
        assertThatThrownBy(() -> client.capture("eth0", "arp and and"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tcpdump on eth0 on client does not record: ")
                .hasMessageContaining("syntax error");
    }

    @Test
    void anUnknownInterfaceIsSaidInTcpdumpsWords(Client client) {
        assertThatThrownBy(() -> client.capture("eth7", "arp"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tcpdump on eth7 on client does not record: ")
                .hasMessageContaining("No such device");
    }
}
