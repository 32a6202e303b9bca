package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "guest", mode = MacvtapMode.PRIVATE, trustGuestRxFilters = true)
@MacvtapVm(name = "neighbour", mode = MacvtapMode.PRIVATE, trustGuestRxFilters = true)
@Order(403)
@Question(
        value = "Does mode private isolate the guests of one host from each other?",
        answer = "Yes, also with a switch that sends frames back; the parent is reached only through such a switch",
        asked = "https://github.com/virt-manager/virt-manager/pull/888")
@DisplayName("4.3 Mode private: neighbours never talk to each other")
class PrivateModeTests {

    @Test
    @Order(1)
    @DisplayName("neighbours do not reach each other, nor do the launcher and its guests")
    void withoutHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        assertThat(guest).reaches(client).doesNotReach(neighbour).doesNotReach(launcher);
        assertThat(client).reaches(guest);
        assertThat(launcher).reaches(client).doesNotReach(guest);
    }

    @Test
    @Order(2)
    @DisplayName(
            "broken on purpose: through a hairpin the launcher reaches its guests; neighbours still do not each other")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpin(
            @FromLab("guest") Guest guest, @FromLab("neighbour") Guest neighbour, Launcher launcher, Client client) {
        try (Undo hairpin = launcher.enableHairpin()) {
            assertThat(guest).reaches(client).doesNotReach(neighbour).doesNotReach(launcher);
            assertThat(client).reaches(guest);
            assertThat(launcher).reaches(client).reaches(guest);
        }
    }
}
