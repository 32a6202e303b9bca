package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@LabContainer
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
