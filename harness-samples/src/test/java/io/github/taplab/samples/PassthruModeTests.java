package io.github.taplab.samples;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.Lab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(ipv6 = true)
@MacvtapVm(mode = MacvtapMode.PASSTHRU, trustGuestRxFilters = true)
@Order(14)
@DisplayName("Mode passthru: the only guest has the parent interface for itself")
class PassthruModeTests {

    @Test
    @Order(1)
    @DisplayName("who talks to whom")
    void whoTalksToWhom(Lab lab) {
        assertThat(WhoTalksToWhom.observe(lab, "passthru", false))
                .isEqualTo(WhoTalksToWhom.documented("passthru", false));
    }

    @Test
    @Order(2)
    @DisplayName("who talks to whom where the switch sends frames back (hairpin)")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void whoTalksToWhomWithHairpin(Lab lab) {
        try (Undo hairpin = lab.launcher().enableHairpin()) {
            assertThat(WhoTalksToWhom.observe(lab, "passthru", true))
                    .isEqualTo(WhoTalksToWhom.documented("passthru", true));
        }
    }
}
