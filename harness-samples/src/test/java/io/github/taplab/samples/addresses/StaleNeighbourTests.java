package io.github.taplab.samples.addresses;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(303)
@DisplayName("3.3 Who remembers a neighbour's old MAC address does not ask for the new one")
@SuppressWarnings("try") // The entry is stale as long as the block lasts.
class StaleNeighbourTests {

    // Both, since a guest that knows the client asks it now and then whether it is still there, and a question tells
    // who asks.
    @BeforeEach
    void forget(Guest guest, Client client) {
        guest.flushNeighbours();
        client.flushNeighbours();
    }

    @Test
    @Order(1)
    @DisplayName("who has to ask learns the guest's MAC address")
    void whoHasToAskLearnsIt(Guest guest, Client client) {
        assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), guest.mac());
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with a stale entry the guest is out of reach, although it answers whoever asks")
    void withAStaleEntryTheGuestIsOutOfReach(Guest guest, Client client) {
        InetAddress ip = guest.ip();
        MacAddress old = guest.mac().sibling();
        try (Undo stale = client.poisonNeighbour(ip, old)) {
            assertThat(client).doesNotReach(ip).hasNeighbour(ip, old);
            assertThat(client.ssh(guest)).timedOut();
        }
        assertThat(client).reaches(ip).hasNeighbour(ip, guest.mac());
    }

    @Test
    @Order(3)
    @DisplayName("a guest that announces itself puts the entry right, as one does that was migrated")
    void anAnnouncementPutsTheEntryRight(Guest guest, Client client) {
        InetAddress ip = guest.ip();
        try (Undo stale = client.poisonNeighbour(ip, guest.mac().sibling())) {
            guest.run("arping", "-U", "-c", "1", "-I", guest.nic(), ip.getHostAddress());
            eventually(() -> assertThat(client).hasNeighbour(ip, guest.mac()));
            assertThat(client).reaches(ip);
        }
    }
}
