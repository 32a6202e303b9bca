package io.github.taplab.samples.faults;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "left")
@MacvtapVm(name = "right")
@Order(604)
@DisplayName("6.4 A partition cuts two stations, and nobody else")
@SuppressWarnings("try") // The partition is there as long as the block lasts.
class PartitionTests {

    @Test
    @Order(1)
    @DisplayName("neighbours on one launcher no longer reach each other; the client reaches both")
    void twoGuests(@FromLab("left") Guest left, @FromLab("right") Guest right, Client client) {
        forget(left, right);
        assertThat(left).reaches(right.ip());

        // tag::partition[]
        try (Undo partition = left.partitionFrom(right)) {
            forget(left, right);
            assertThat(left).doesNotReach(right.ip());
            assertThat(right.whoHas(left.ip())).isNotAnswered();
            assertThat(client).reaches(left.ip()).reaches(right.ip());
        }
        // end::partition[]
        forget(left, right);
        assertThat(right).reaches(left.ip());
    }

    @Test
    @Order(2)
    @DisplayName("guest and client no longer reach each other, the guest's neighbour reaches both")
    void guestAndClient(@FromLab("left") Guest left, @FromLab("right") Guest right, Client client) {
        forget(left, client);
        assertThat(client.ssh(left)).isConnected();

        try (Undo partition = client.partitionFrom(left)) {
            // Who knows the other's MAC address still does, and sends; nothing arrives.
            assertThat(client.ssh(left)).timedOut();
            forget(left, client);
            assertThat(client.ssh(left)).hadNoRoute();
            assertThat(left.whoHas(client.ip())).isNotAnswered();
            assertThat(right).reaches(left.ip()).reaches(client.ip());
        }
        forget(left, client);
        assertThat(client.ssh(left)).isConnected();
    }

    private static void forget(Node one, Node other) {
        one.flushNeighbours();
        other.flushNeighbours();
    }
}
