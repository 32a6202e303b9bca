package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What a failover does: an IP address moves from one guest to another, and with it the MAC address behind it.
 *
 * <p>A client believes its neighbour entry for 15 to 45 s after it was last confirmed ({@code base_reachable_time_ms}).
 * Then the next packet makes it ask the old MAC address: it waits 5 s, asks three times in 3 s, and only then asks
 * everybody. An announcement (gratuitous ARP) puts the entry right at once.
 */
@LabContainer
@MacvtapVm(name = "left")
@MacvtapVm(name = "right")
@Order(302)
@Question(
        value = "What does a client do when an address moves to another guest?",
        answer = "It goes on asking the old one until its entry is given up or the new one announces itself")
@DisplayName("3.2 Gratuitous ARP: an IP address moves to another guest")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class GratuitousArpTests {

    @FromLab("left")
    Guest left;

    @FromLab("right")
    Guest right;

    @FromLab
    Client client;

    private InterfaceIp moving;
    private InetAddress ip;

    @BeforeEach
    void leftHasTheAddress() {
        moving = left.interfaceIp().plus(100);
        ip = moving.ip();
        left.addAddress(moving);
        client.flushNeighbours();
        assertThat(client).reaches(ip).hasNeighbour(ip, left.mac());
    }

    @AfterEach
    void rightGivesItUp() {
        right.removeAddress(moving);
    }

    private void move() {
        left.removeAddress(moving);
        right.addAddress(moving);
    }

    @Test
    @Order(1)
    @DisplayName("until it is announced, traffic goes to the old MAC address; the announcement ends that at once")
    void announcementMovesTheTraffic() {
        try (Capture atClient = client.capture("eth0", "arp");
                Capture atLeft = left.launcher().capture(left.macvtap().name(), "icmp")) {
            move();

            assertThat(client).doesNotReach(ip).hasNeighbour(ip, left.mac());
            Frame astray =
                    atLeft.await("an echo request to the address that has left", frame -> frame.isEchoRequestTo(ip));
            assertThat(astray.destination()).isEqualTo(left.mac());

            right.announce(ip);
            eventually(() -> assertThat(client).hasNeighbour(ip, right.mac()));
            // It has not found out by itself.
            atClient.assertNone("a question for the address that moves", this::isTheClientsQuestion);
            assertThat(client).reaches(ip);
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: without an announcement the client finds out only after it has asked in vain")
    void withoutAnAnnouncementTheClientAsksInVainFirst() {
        try (Capture atClient = client.capture("eth0", "arp")) {
            move();
            // As after 45 s at the latest.
            client.run("ip", "neigh", "change", InterfaceIp.text(ip), "dev", "eth0", "nud", "stale");

            assertThat(client).doesNotReach(ip);
            eventually(Duration.ofSeconds(30), () -> assertThat(client).reaches(ip));
            assertThat(client).hasNeighbour(ip, right.mac());
            assertThat(atClient.frames())
                    .filteredOn(this::isTheClientsQuestion)
                    .extracting(Frame::destination)
                    .startsWith(left.mac(), left.mac(), left.mac(), MacAddress.BROADCAST);
        }
    }

    private boolean isTheClientsQuestion(Frame frame) {
        return frame.source().equals(client.mac()) && frame.asksFor(ip);
    }
}
