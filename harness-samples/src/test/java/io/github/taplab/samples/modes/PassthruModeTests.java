package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

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

@LabContainer(ipv6 = true)
@MacvtapVm(mode = MacvtapMode.PASSTHRU, trustGuestRxFilters = true)
@Order(404)
@DisplayName("4.4 Mode passthru: the only guest has the parent interface for itself")
class PassthruModeTests {

    @Test
    @Order(1)
    @DisplayName("the guest and the client reach each other; the launcher reaches nobody any more")
    void withoutHairpin(Guest guest, Launcher launcher, Client client) {
        assertThat(guest).reaches(client).doesNotReach(launcher);
        assertThat(client).reaches(guest);
        assertThat(launcher).doesNotReach(client).doesNotReach(guest);
    }

    @Test
    @Order(2)
    @DisplayName("a hairpin, which breaks the rules of the other modes, changes nothing")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void withHairpin(Guest guest, Launcher launcher, Client client) {
        try (Undo hairpin = launcher.enableHairpin()) {
            assertThat(guest).reaches(client).doesNotReach(launcher);
            assertThat(client).reaches(guest);
            assertThat(launcher).doesNotReach(client).doesNotReach(guest);
        }
    }
}
