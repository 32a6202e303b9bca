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
import org.junit.jupiter.api.Test;

// tag::two-guests[]
@LabContainer(ipv6 = true)
@MacvtapVm(name = "guest", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
@MacvtapVm(name = "neighbour", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
// end::two-guests[]
@Order(402)
@DisplayName("4.2 Mode vepa: all that a macvtap sends goes out to the switch")
class VepaModeTests {

    @Test
    @Order(1)
    @DisplayName("neighbours do not reach each other, since the switch does not send their frames back")
    void withoutHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        assertThat(guest).reaches(client).doesNotReach(neighbour).doesNotReach(launcher);
        assertThat(client).reaches(guest);
        assertThat(launcher).reaches(client).doesNotReach(guest);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a switch that sends them back (hairpin) brings all together")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        // tag::hairpin[]
        try (Undo hairpin = launcher.enableHairpin()) {
            assertThat(guest).reaches(client).reaches(neighbour).reaches(launcher);
            assertThat(client).reaches(guest);
            assertThat(launcher).reaches(client).reaches(guest);
        }
        // end::hairpin[]
    }
}
