package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Question(
        value = "May the network interface of a VM be up on the target node before its migration is finished?",
        answer = "No: broadcasts come in on both nodes then, and the VM gets those that wait at the target once more;"
                + " libvirt keeps the macvtap that it makes down until the VM goes on",
        asked = "https://github.com/kubevirt/kubevirt/issues/17195")
@LabContainer(launchers = {"a", "b"})
@MacvtapVm(launcher = "a", boot = BootMode.COLD)
@Order(813)
@DisplayName("8.13 libvirt takes a running guest to another launcher, peer to peer")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class LibvirtMigrationTests {

    private static final String BROADCASTS = "ping -b -I eth0 -i 0.1 -w 120 255.255.255.255 >/dev/null 2>&1 & echo $!";
    private static final String UP_TOO_EARLY =
            "(until ip link set \"$(ls /sys/class/net | grep macvtap)\" up; do sleep 0.01; done) >/dev/null 2>&1 &";

    @FromLab
    Lab lab;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("it runs on with its addresses, and no broadcast comes in at both macvtaps")
    void eachBroadcastComesInOnce(TestReporter reporter) {
        Launcher from = guest.launcher();
        Launcher to = other();
        InetAddress ip = guest.ip();
        MacAddress mac = guest.mac();
        String process = guest.sh("sleep 3600 >/dev/null 2>&1 & echo $!").text();
        PingSeries series = PingSeries.start(client, ip);

        Traffic seen = migration(to);

        assertThat(client).reaches(ip);
        PingSeries.Outcome outcome = series.end();
        reporter.publishEntry("outage as the client sees it", outcome.longestGapMillis() + " ms");
        assertThat(outcome.answersBeforeAndAfterTheGap()).isTrue();
        assertThat(outcome.duplicates()).isZero();
        assertThat(broadcastsAt(from, seen)).isNotEmpty();
        assertThat(seen.whole()).contains(from.name(), to.name());
        assertThat(atBoth(seen)).isEmpty();

        assertThat(guest.launcher().name()).isEqualTo(to.name());
        assertThat(guest.macvtap()).hasMac(mac);
        assertThat(guest).hasMac(mac);
        assertThat(guest.run("kill", "-0", process)).succeeded();
        assertThat(from.macvtaps()).isEmpty();
        assertThat(from.run("virsh", "list", "--all", "--name").text()).isBlank();
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with the new macvtap up before the guest is there, broadcasts come in at both")
    void upTooEarlyBothTakeBroadcasts() {
        Launcher to = other();
        to.sh(UP_TOO_EARLY);

        Traffic seen = migration(to);

        assertThat(atBoth(seen)).isNotEmpty();
        assertThat(client).reaches(guest.ip());
    }

    private Launcher other() {
        return lab.launcher(guest.launcher().name().equals("a") ? "b" : "a");
    }

    /** A client sends broadcasts, no two alike, while the guest migrates. */
    private Traffic migration(Launcher to) {
        return lab.trafficOf(() -> {
            String broadcasts = client.sh(BROADCASTS).text();
            guest.migrateTo(to);
            client.sh("kill " + broadcasts);
        });
    }

    private List<Sighting> broadcastsAt(Launcher launcher, Traffic seen) {
        return seen.sightings().stream()
                .filter(one -> one.node().equals(launcher.name()) && one.link().startsWith("macvtap"))
                .filter(one -> one.frame().source().equals(client.mac())
                        && one.frame().destination().equals(MacAddress.BROADCAST))
                .toList();
    }

    private List<Sighting> atBoth(Traffic seen) {
        List<Sighting> atB = broadcastsAt(lab.launcher("b"), seen);
        return broadcastsAt(lab.launcher("a"), seen).stream()
                .filter(one -> atB.stream().anyMatch(one::isOfSameFrameAs))
                .toList();
    }
}
