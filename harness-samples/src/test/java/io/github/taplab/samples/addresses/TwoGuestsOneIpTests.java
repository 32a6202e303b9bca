package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "left")
@MacvtapVm(name = "right", address = GuestAddress.NONE)
@Order(301)
@Tag("story")
@DisplayName("3.1 Two guests with one IP address")
class TwoGuestsOneIpTests {

    @Test
    @DisplayName(
            "both answer for it, and whom a client talks to is whom it believes; with one of them gone it is the other")
    @SuppressWarnings("try") // The belief lasts as long as the block.
    void bothAnswer(@FromLab("left") Guest left, @FromLab("right") Guest right, Client client) {
        assertThat(client.whoHas(left.ip())).isAnsweredOnlyBy(left.mac());

        right.copyAddressFrom(left);
        assertThat(client.whoHas(left.ip())).isAnsweredOnlyBy(left.mac(), right.mac());
        // A client that believes the other one talks to a machine whose host key it does not know.
        try (Undo belief = client.poisonNeighbour(left.ip(), right.mac())) {
            assertThat(client.ssh(left)).hadHostKeyMismatch();
        }

        right.removeAddress(right.interfaceIp());
        assertThat(client.whoHas(left.ip())).isAnsweredOnlyBy(left.mac());
        client.flushNeighbours();
        assertThat(client.ssh(left)).isConnected();
    }
}
