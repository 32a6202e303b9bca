package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.capture.FrameKind.echoRequestTo;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@Question(
        value = "Why can a VM on the old node not reach a VM that has migrated until its old virt-launcher is gone?",
        answer =
                "The macvtap that is left on the old node still has the MAC address, so frames of its neighbours on that"
                        + " parent interface end in it and never reach the wire; it has to go at the switch-over",
        asked = "https://github.com/kubevirt/kubevirt/issues/5912")
@LabContainer(launchers = {"a", "b"})
@MacvtapVm(name = "guest", launcher = "a", attachment = Attachment.QEMU)
@MacvtapVm(name = "neighbour", launcher = "a", attachment = Attachment.QEMU)
@Order(810)
@DisplayName("8.10 A running guest goes to another launcher")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class LiveMigrationTests {

    // It opens the macvtap before it becomes sleep. Until then frames would go to the launcher, which routes them on.
    private static final String HOLD = """
            /usr/lib/taplab/qemu-with-taps 3=left0 -- sleep 600 >/dev/null 2>&1 &
            until grep -qsx sleep /proc/$!/comm; do sleep 0.01; done
            echo $!
            """;

    @FromLab
    Lab lab;

    @FromLab("guest")
    Guest guest;

    @FromLab("neighbour")
    Guest neighbour;

    @FromLab("a")
    Launcher old;

    @FromLab("b")
    Launcher other;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("it runs on with its addresses, and all that reached it do; its macvtap is on the other launcher only")
    void runsOnThere(TestReporter reporter) {
        InetAddress ip = guest.ip();
        MacAddress mac = guest.mac();
        String process = guest.sh("sleep 3600 >/dev/null 2>&1 & echo $!").text();
        PingSeries series = PingSeries.start(client, ip);

        // tag::migrate[]
        guest.migrateTo(other);
        // end::migrate[]

        assertThat(client).reaches(ip);
        PingSeries.Outcome seen = series.end();
        reporter.publishEntry("outage as the client sees it", seen.longestGapMillis() + " ms");
        // The longest silence is an outage that ended: there were answers before and after.
        assertThat(seen.answersBeforeAndAfterTheGap()).isTrue();
        assertThat(seen.duplicates()).isZero();

        assertThat(guest.launcher().name()).isEqualTo("b");
        assertThat(guest.macvtap()).hasMac(mac);
        assertThat(guest).hasMac(mac);
        assertThat(guest.ip()).isEqualTo(ip);
        assertThat(guest.run("kill", "-0", process)).succeeded();
        assertThat(old.macvtaps()).extracting(Link::mac).containsExactly(neighbour.mac());
        assertThat(other.macvtaps()).extracting(Link::mac).containsExactly(mac);
        assertThat(neighbour).reaches(ip);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a macvtap left behind takes what its neighbours send; all others reach the guest")
    void macvtapLeftBehindTakesTheNeighboursFrames() {
        if (guest.launcher().name().equals("a")) {
            guest.migrateTo(other);
        }
        InetAddress ip = guest.ip();
        assertThat(neighbour).reaches(ip);

        // What is there until the old virt-launcher has ended: a macvtap, and somebody who has it open.
        old.sh("ip link add link eth0 name left0 address %s up type macvtap mode bridge".formatted(guest.mac()));
        String holder = old.sh(HOLD).text();
        Traffic seen = lab.trafficOf(() -> assertThat(neighbour.ping(ip)).isSilent());

        assertThat(seen).hasPassed(echoRequestTo(ip), neighbour).hasNotPassed(echoRequestTo(ip), other);
        assertThat(seen.sightings())
                .filteredOn(one -> echoRequestTo(ip).includes(one.frame()))
                .extracting(Sighting::link)
                .contains("left0");
        assertThat(client).reaches(ip);

        old.sh("kill %s; ip link delete left0".formatted(holder));
        assertThat(neighbour).reaches(ip);
    }
}
