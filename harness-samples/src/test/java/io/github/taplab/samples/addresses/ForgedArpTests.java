package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(clients = {"alice", "mallory"})
@MacvtapVm
@Order(304)
@DisplayName("3.4 ARP believes whoever answers")
@SuppressWarnings("try") // A fault is there as long as its block lasts.
class ForgedArpTests {

    @Test
    @Order(1)
    @DisplayName("a forged answer comes beside the guest's own, as long as it is forged")
    void aForgedAnswerComesBesideTheTrueOne(
            Guest guest, @FromLab("alice") Client alice, @FromLab("mallory") Client mallory) {
        try (Undo forged = mallory.forgeArpAnswers(guest.ip(), mallory.mac())) {
            assertThat(alice.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac(), mallory.mac());
        }
        assertThat(alice.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: who believes it sends to the forger, and goes on doing so until it asks anew")
    void whoBelievesItSendsToTheForger(
            Guest guest, @FromLab("alice") Client alice, @FromLab("mallory") Client mallory) {
        InetAddress ip = guest.ip();
        // With both answers it would be a race which one alice believes.
        try (Undo silent = guest.suppressNeighbourAnswers();
                Undo forged = mallory.forgeArpAnswers(ip, mallory.mac());
                Capture atMallory = mallory.capture("eth0", "icmp")) {
            alice.flushNeighbours();
            alice.ping(ip);
            assertThat(alice).hasNeighbour(ip, mallory.mac());
            Frame drawn = atMallory.await("alice's echo request to the guest", frame -> frame.isEchoRequestTo(ip));
            assertThat(drawn.destination()).isEqualTo(mallory.mac());
        }
        assertThat(alice).hasNeighbour(ip, mallory.mac());

        alice.flushNeighbours();
        assertThat(alice).reaches(ip).hasNeighbour(ip, guest.mac());
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: a forged announcement is believed too, and takes the traffic away")
    void aForgedAnnouncementIsBelieved(
            Guest guest, @FromLab("alice") Client alice, @FromLab("mallory") Client mallory) {
        InetAddress ip = guest.ip();
        alice.flushNeighbours();
        assertThat(alice).reaches(ip).hasNeighbour(ip, guest.mac());
        guest.flushNeighbours(); // Its doubt of alice would change her entry back.

        try (Capture atMallory = mallory.capture("eth0", "icmp")) {
            mallory.send(EthernetFrame.gratuitousArp(mallory.mac(), ip));
            eventually(() -> assertThat(alice).hasNeighbour(ip, mallory.mac()));
            // Whether it is answered is mallory's choice: a forger that forwards is not noticed.
            alice.ping(ip);
            Frame drawn = atMallory.await("alice's echo request to the guest", frame -> frame.isEchoRequestTo(ip));
            assertThat(drawn.destination()).isEqualTo(mallory.mac());
        }

        guest.announce(ip);
        eventually(() -> assertThat(alice).hasNeighbour(ip, guest.mac()));
        assertThat(alice).reaches(ip);
    }
}
