package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(address = GuestAddress.TAKE_OVER)
@Order(104)
@Tag("story")
@EachAttachment
@DisplayName("1.4 Whom a client talks to is a race")
class DuplicateIpRaceTests {

    /**
     * Both machines answer the client's ARP question. The container's kernel answers at once, the guest only after QEMU
     * has woken it, and Linux ignores a second answer that follows within a second. So a client that has to ask ends up
     * at the container; a client that knows the guest's MAC address already does not ask, and notices nothing.
     */
    @Test
    @DisplayName("who knows the guest's MAC address already connects, who has to ask is refused by the container")
    void theNeighbourCacheDecides(Launcher launcher, Guest guest, Client client) {
        InterfaceIp shared = guest.interfaceIp();
        client.flushNeighbours();
        assertThat(client).reaches(shared.ip());
        assertThat(client).hasNeighbour(shared.ip(), guest.mac());

        launcher.addAddress(shared);
        assertThat(client.ssh(guest)).isConnected();
        assertThat(client).hasNeighbour(shared.ip(), guest.mac());

        client.flushNeighbours();
        assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());
        assertThat(client).hasNeighbour(shared.ip(), launcher.mac());
    }
}
