package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "guest", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@MacvtapVm(name = "neighbour", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@Order(401)
@Tag("story")
@DisplayName("4.1 Mode bridge: macvtaps of one parent talk to each other, but not to their parent")
class BridgeModeTests {

    @Test
    @Order(1)
    @DisplayName("neighbours reach each other; the launcher and its guests do not")
    void withoutHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        assertThat(guest).reaches(client).reaches(neighbour).doesNotReach(launcher);
        assertThat(client).reaches(guest);
        assertThat(launcher).reaches(client).doesNotReach(guest);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: where the switch sends frames back (hairpin), the launcher and its guests do too")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        try (Undo hairpin = launcher.enableHairpin()) {
            assertThat(guest).reaches(client).reaches(neighbour).reaches(launcher);
            assertThat(client).reaches(guest);
            assertThat(launcher).reaches(client).reaches(guest);
        }
    }
}
