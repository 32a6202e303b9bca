package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GatewayPlace;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Question(
        value = "Which port does the switch have for a VM's MAC address during and after a live migration?",
        answer = "It moves once, with QEMU's announcement (RARP), if the new macvtap is down until then; without an"
                + " announcement frames go to the old port until the guest speaks",
        asked = "https://github.com/kubevirt/kubevirt/issues/17195")
@LabContainer(
        launchers = {"a", "b"},
        gateway = GatewayPlace.DOCKER_HOST)
@MacvtapVm(launcher = "a", attachment = Attachment.QEMU)
@Order(811)
@DisplayName("8.11 Where the switch has a guest that migrates")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class MigratedGuestsPortTests {

    private static final FrameKind ANNOUNCEMENT = FrameKind.of("RARP", frame -> frame.etherType() == 0x8035);

    @FromLab
    Lab lab;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @FromLab
    Gateway dockerHost;

    @Test
    @Order(1)
    @DisplayName(
            "its MAC address moves once: no frame of its own leaves the old launcher after one has left the new one")
    void movesOnce(TestReporter reporter) {
        Launcher b = lab.launcher("b");
        assertThat(client).reaches(guest.ip());
        assertThat(portOfGuest()).isEqualTo(portOf(lab.launcher("a")));

        Traffic seen = lab.trafficOf(() -> {
            guest.migrateTo(b);
            assertThat(client).reaches(guest.ip());
        });

        List<Sighting> sent = seen.sightings().stream()
                .filter(one -> one.link().equals("eth0")
                        && one.outgoing()
                        && !one.node().equals("client"))
                .filter(one -> one.frame().source().equals(guest.mac()))
                .toList();
        List<String> leftFrom = sent.stream().map(Sighting::node).toList();
        assertThat(leftFrom.subList(leftFrom.indexOf("b"), leftFrom.size())).containsOnly("b");
        Sighting first = sent.get(leftFrom.indexOf("b"));
        reporter.publishEntry("first frame from the new launcher", first.frame().toString());
        assertThat(seen).hasPassed(ANNOUNCEMENT.from(guest.mac()), b);
        assertThat(portOfGuest()).isEqualTo(portOf(b));
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: of a guest that nothing announces, the switch keeps the old port until it speaks")
    void staysWhereItWasUntilItSpeaks() {
        Launcher from = guest.launcher();
        Launcher to = lab.launcher(from.name().equals("a") ? "b" : "a");
        InetAddress ip = guest.ip();
        client.flushNeighbours(); // A younger entry is not doubted before the end.
        assertThat(client).reaches(ip);

        String hush = "table netdev hush { chain out { type filter hook egress device eth0 priority 0;"
                + " ether saddr %s drop; }; }";
        to.run("nft", hush.formatted(guest.mac()));
        guest.migrateTo(to);

        assertThat(portOfGuest()).isEqualTo(portOf(from));
        assertThat(client.ping(ip)).isSilent();

        to.run("nft", "delete table netdev hush");
        assertThat(guest).reaches(client.ip());
        assertThat(portOfGuest()).isEqualTo(portOf(to));
        assertThat(client).reaches(ip);
    }

    /** The interface of the bridge through which frames to the guest go. */
    private String portOfGuest() {
        String pattern = "s/^%s dev \\([^ ]*\\) .*/\\1/p".formatted(guest.mac());
        return dockerHost
                .sh("bridge fdb show br %s | sed -n '%s'".formatted(dockerHost.nic(), pattern))
                .text();
    }

    private String portOf(Launcher launcher) {
        String index = launcher.run("cat", "/sys/class/net/eth0/iflink").text();
        return dockerHost
                .sh("ip -o link | sed -n 's/^%s: \\([^@:]*\\).*/\\1/p'".formatted(index))
                .text();
    }
}
