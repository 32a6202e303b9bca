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
@MacvtapVm(name = "left", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@MacvtapVm(name = "right", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@Order(11)
@DisplayName("Mode bridge: macvtaps of one parent reach each other, their parent only through a hairpin")
class BridgeModeTests {

    @Test
    @Order(1)
    @DisplayName("who talks to whom")
    void whoTalksToWhom(Lab lab) {
        assertThat(WhoTalksToWhom.observe(lab, "bridge", false)).isEqualTo(WhoTalksToWhom.documented("bridge", false));
    }

    @Test
    @Order(2)
    @DisplayName("who talks to whom where the switch sends frames back (hairpin)")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void whoTalksToWhomWithHairpin(Lab lab) {
        try (Undo hairpin = lab.launcher().enableHairpin()) {
            assertThat(WhoTalksToWhom.observe(lab, "bridge", true))
                    .isEqualTo(WhoTalksToWhom.documented("bridge", true));
        }
    }
}
