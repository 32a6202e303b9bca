package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(address = GuestAddress.TAKE_OVER)
@Order(105)
@Tag("story")
@EachAttachment
@DisplayName("1.5 The guest has the container's address for itself")
class TakenOverAddressTests {

    @Test
    @Order(1)
    @DisplayName("the container has none any more, and one MAC address answers")
    void onlyTheGuestAnswers(Launcher launcher, Guest guest, Client client) {
        assertThat(launcher).hasNoIpv4Address();
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    @Order(2)
    @DisplayName("SSH works from the client")
    void clientConnects(Guest guest, Client client) {
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(3)
    @DisplayName("SSH works from the gateway")
    void gatewayConnects(Guest guest, Gateway gateway) {
        gateway.flushNeighbours();
        assertThat(gateway.ssh(guest)).isConnected();
    }
}
