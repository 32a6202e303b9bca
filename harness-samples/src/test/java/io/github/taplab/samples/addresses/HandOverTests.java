package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.capture.FrameKind.echoRequestTo;
import static io.github.taplab.capture.FrameKind.questionFor;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Linux takes an entry for REACHABLE for 15 to 45 s, here for 0.5 to 1.5 s. Then it waits 5 s (DELAY) and asks the old
 * MAC address three times in 3 s (PROBE); one that was not used for 5 s is STALE before, until the next packet.
 */
@LabContainer
@MacvtapVm
@Order(307)
@DisplayName("3.7 The container hands its address over to its guest")
@Question(
        value = "How long is an address out of reach that another MAC address has taken over?",
        answer =
                "Until it is announced; else up to 45 s, in which the client asks nobody, and then 8 s more, in which it"
                        + " asks the old MAC address",
        asked = "https://github.com/moby/moby/issues/36069")
@SuppressWarnings("NullAway.Init") // The lab and the set-up set the fields.
class HandOverTests {

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private InterfaceIp handed;
    private InetAddress ip;

    @BeforeEach
    void theContainerHasIt() {
        client.run("ip", "ntable", "change", "name", "arp_cache", "dev", client.nic(), "base_reachable", "1000");
        handed = launcher.interfaceIp().plus(100);
        ip = handed.ip();
        launcher.addAddress(handed);
        client.flushNeighbours();
        assertThat(client).reaches(ip).hasNeighbour(ip, launcher.mac());
    }

    private void handOver() {
        launcher.removeAddress(handed);
        guest.addAddress(handed);
    }

    @Test
    @Order(1)
    @DisplayName("an announcement moves the client's entry at once")
    void anAnnouncementMovesTheEntry() {
        handOver();
        guest.announce(ip);
        eventually(() -> assertThat(client).hasNeighbour(ip, guest.mac()));
        assertThat(client).reaches(ip);
        guest.removeAddress(handed);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: without one the entry is in DELAY, PROBE and FAILED before the client asks all")
    void withoutAnAnnouncementTheEntryHasToFailFirst() {
        Traffic seen = lab.trafficOf(() -> {
            client.flushNeighbours();
            assertThat(client).reaches(ip);
            handOver();
            client.tryRun("ping", "-c", "1", "-W", "0.1", InterfaceIp.text(ip));
            eventually(() -> assertThat(entryOfTheClient()).contains("DELAY"));
            eventually(() -> assertThat(entryOfTheClient()).contains("PROBE"));
            eventually(() -> assertThat(entryOfTheClient()).contains("FAILED"));
            assertThat(client).reaches(ip).hasNeighbour(ip, guest.mac());
        });

        MacAddress old = launcher.mac();
        assertThat(seen)
                .hasPassed(echoRequestTo(ip).to(old), client, launcher)
                .hasNotPassed(echoRequestTo(ip).to(old), guest);
        List<Frame> questions = seen.sightings().stream()
                .filter(sighting -> sighting.node().equals(client.name()))
                .map(Sighting::frame)
                .filter(questionFor(ip).from(client.mac())::includes)
                .toList();
        assertThat(questions)
                .extracting(Frame::destination)
                .startsWith(MacAddress.BROADCAST, old, old, old, MacAddress.BROADCAST);
        assertThat(questions.get(4).at()).isAfter(questions.get(0).at().plusSeconds(8));
    }

    private String entryOfTheClient() {
        return client.run("ip", "neigh", "show", "to", InterfaceIp.text(ip)).stdout();
    }
}
