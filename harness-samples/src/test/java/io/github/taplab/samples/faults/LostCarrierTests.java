package io.github.taplab.samples.faults;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(603)
@Tag("story")
@DisplayName("6.3 A pulled cable: the macvtap knows, the guest does not")
@SuppressWarnings("try") // The cable is out as long as the block lasts.
class LostCarrierTests {

    @Test
    @Order(1)
    @DisplayName("a macvtap has the carrier of its parent, and gets it back with it")
    void theMacvtapHasTheCarrierOfItsParent(Launcher launcher, Guest guest) {
        assertThat(launcher.parent()).hasCarrier();
        assertThat(guest.macvtap()).hasCarrier();

        // tag::unplugged[]
        try (Undo unplugged = launcher.unplugCable()) {
            assertThat(launcher.parent()).isUp().hasNoCarrier();
            eventually(() -> assertThat(guest.macvtap()).isUp().hasNoCarrier().hasOperState("lowerlayerdown"));
        }
        // end::unplugged[]
        assertThat(launcher.parent()).hasCarrier();
        assertThat(guest.macvtap()).hasCarrier();
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: the guest is cut off, but its NIC keeps its carrier, address and route")
    void theGuestIsCutOffAndNotTold(Launcher launcher, Guest guest, Client client) {
        InetAddress ip = guest.ip();
        try (Undo unplugged = launcher.unplugCable()) {
            assertThat(client.whoHas(ip)).isNotAnswered();
            assertThat(guest).doesNotReach(client.ip());
            assertThat(guest.link("eth0")).isUp().hasCarrier();
            assertThat(guest).hasAddress(ip);
            assertThat(guest.routes()).isNotEmpty();
        }
        client.flushNeighbours();
        guest.flushNeighbours();
        assertThat(client).reaches(ip);
        assertThat(client.ssh(guest)).isConnected();
    }
}
