package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(attachment = Attachment.BRIDGE)
@Order(412)
@DisplayName("4.12 A switch that sends frames back helps macvtaps, and cuts a guest on a bridge off")
@Question(
        value = "Does a bridge in the container work behind a switch with a hairpin?",
        answer = "No: the guest's own broadcasts come back, and the bridge then believes the guest outside")
class TapOnBridgeHairpinTests {

    @Test
    @Order(1)
    @DisplayName("without a hairpin the bridge knows its guest at the tap, and a client answers it")
    void bridgeKnowsItsGuestAtTheTap(Guest guest, Launcher launcher, Client client) {
        guest.flushNeighbours();
        assertThat(guest).reaches(client.ip());
        assertThat(portOf(guest, launcher)).isEqualTo(guest.macvtap().name());
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: with one its question comes back in through eth0, and the answer never arrives")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withAHairpinItsOwnBroadcastsComeBack(Guest guest, Launcher launcher, Client client) {
        try (Undo hairpin = launcher.enableHairpin()) {
            client.flushNeighbours(); // Its doubt of the guest would tell the guest its MAC address.
            guest.flushNeighbours();
            assertThat(guest).doesNotReach(client.ip());
            assertThat(portOf(guest, launcher)).isEqualTo("eth0");
        }
        guest.flushNeighbours();
        assertThat(guest).reaches(client.ip());
    }

    /** Where the bridge has learned its guest's MAC address. */
    private static String portOf(Guest guest, Launcher launcher) {
        return launcher.sh("bridge fdb show br br0 dynamic | awk -v mac=%s '$1 == mac { print $3 }'"
                        .formatted(guest.mac()))
                .text();
    }
}
