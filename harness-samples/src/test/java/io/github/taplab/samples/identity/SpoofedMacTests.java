package io.github.taplab.samples.identity;

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
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(clients = {"alice", "mallory"})
@MacvtapVm
@Order(203)
@DisplayName("2.3 A MAC address is where it was last sent from")
@SuppressWarnings("try") // The address is spoofed as long as the block lasts.
class SpoofedMacTests {

    @Test
    @Order(1)
    @DisplayName("the switch sends the guest's frames to the guest alone")
    void onlyTheGuestGetsItsFrames(Guest guest, @FromLab("alice") Client alice, @FromLab("mallory") Client mallory) {
        assertThat(alice).reaches(guest.ip());
        try (Capture atMallory =
                mallory.capture("eth0", "icmp or ether proto " + EthernetFrame.ETHERTYPE_EXPERIMENTAL)) {
            assertThat(alice).reaches(guest.ip());
            // A broadcast that was sent later is there, so nothing is still on its way.
            alice.send(EthernetFrame.probe(alice.mac(), MacAddress.BROADCAST));
            atMallory.await(
                    "alice's later probe",
                    frame -> frame.source().equals(alice.mac())
                            && frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL);
            atMallory.assertNone("an echo request to the guest", frame -> frame.isEchoRequestTo(guest.ip()));
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: who sends with its MAC address gets them, until the guest sends again")
    void whoSendsWithTheGuestsMacGetsItsFrames(
            Guest guest, @FromLab("alice") Client alice, @FromLab("mallory") Client mallory) {
        assertThat(alice).reaches(guest.ip()).hasNeighbour(guest.ip(), guest.mac());
        try (Undo spoofed = mallory.spoofMac(guest.mac());
                Capture atMallory = mallory.capture("eth0", "icmp")) {
            // Any frame will do: the switch learns from its source that the address is behind mallory's port now, and
            // unlearns it where the guest happens to send something in between.
            eventually(() -> {
                mallory.whoHas(alice.ip());
                alice.ping(guest.ip());
                assertThat(atMallory.frames()).anyMatch(frame -> frame.isEchoRequestTo(guest.ip()));
            });
            Frame drawn =
                    atMallory.await("alice's echo request to the guest", frame -> frame.isEchoRequestTo(guest.ip()));
            assertThat(drawn.source()).isEqualTo(alice.mac());
            assertThat(drawn.destination()).isEqualTo(guest.mac());
        }
        guest.flushNeighbours();
        assertThat(guest).reaches(alice.ip());
        assertThat(alice).reaches(guest.ip());
    }
}
