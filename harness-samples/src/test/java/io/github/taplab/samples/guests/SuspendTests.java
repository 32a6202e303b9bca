package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.KernelCounters;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "direct")
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED)
@Order(807)
@Question(
        value = "What becomes of frames that are sent to a suspended guest?",
        answer =
                "libvirt sets the macvtap of a direct interface down, so they are lost; in a macvtap that was there before they wait, and the guest answers them when it goes on")
@DisplayName("8.7 A guest stands still for a while")
@SuppressWarnings({
    "NullAway.Init", // The lab sets the fields.
    "try" // The guest stands still as long as the block lasts.
})
class SuspendTests {

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("who knows it asks for it in vain, and finds it again as soon as it goes on")
    void neighbourFailsAndComesBack(@FromLab("direct") Guest guest) {
        InetAddress ip = guest.ip();
        MacAddress mac = guest.mac();
        assertThat(client).reaches(ip).hasNeighbour(ip, mac);
        try (Undo still = guest.suspend()) {
            // As an entry is that has not been heard of for half a minute: who uses it asks after five seconds whether
            // the neighbour is still there, three times, and gives up.
            client.run("ip neigh change %s lladdr %s dev eth0 nud stale"
                    .formatted(text(ip), mac)
                    .split(" "));
            pingInVain(ip);
            eventually(Duration.ofSeconds(20), () -> assertThat(states(ip)).containsExactly("FAILED"));
            assertThat(client.whoHas(ip)).isNotAnswered();
        }
        assertThat(client).reaches(ip).hasNeighbour(ip, mac);
    }

    @Test
    @Order(2)
    @DisplayName("libvirt sets its own macvtap down: what comes meanwhile is lost")
    void libvirtsMacvtapIsDown(@FromLab("direct") Guest guest) {
        InetAddress ip = guest.ip();
        assertThat(client).reaches(ip);
        long heard = echosReceivedBy(guest);
        try (Undo still = guest.suspend()) {
            assertThat(guest.macvtap()).isDown();
            pingInVain(ip);
        }
        assertThat(guest.macvtap()).isUp();
        assertThat(client.ping(ip, 1)).isAnswered();
        assertThat(echosReceivedBy(guest)).isEqualTo(heard + 1);
    }

    @Test
    @Order(3)
    @DisplayName("a macvtap that was there before stays up: what comes meanwhile waits in it")
    void framesWaitInAMacvtapThatWasThereBefore(@FromLab("before") Guest guest) {
        InetAddress ip = guest.ip();
        assertThat(client).reaches(ip);
        long heard = echosReceivedBy(guest);
        try (Undo still = guest.suspend()) {
            assertThat(guest.macvtap()).isUp();
            pingInVain(ip);
        }
        assertThat(client.ping(ip, 1)).isAnswered();
        assertThat(echosReceivedBy(guest)).isEqualTo(heard + 2);
    }

    /** One echo request, to the neighbour as the client knows it. */
    private void pingInVain(InetAddress ip) {
        assertThat(client.tryRun("ping", "-n", "-c", "1", "-W", "1", text(ip))).hasExitCode(1);
    }

    private List<String> states(InetAddress ip) {
        return client.neighbours().stream()
                .filter(entry -> entry.ip().equals(ip))
                .flatMap(entry -> entry.states().stream())
                .toList();
    }

    private static long echosReceivedBy(Guest guest) {
        return KernelCounters.of(guest, "Icmp", "InEchos");
    }

    private static String text(InetAddress ip) {
        return ip.getHostAddress();
    }
}
