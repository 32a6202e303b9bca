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
@MacvtapVm(name = "left", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
@MacvtapVm(name = "right", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
@Order(12)
@DisplayName("Mode vepa: neighbours reach each other only through a hairpin")
class VepaModeTests {

    @Test
    @Order(1)
    @DisplayName("who talks to whom")
    void whoTalksToWhom(Lab lab) {
        assertThat(WhoTalksToWhom.observe(lab, "vepa", false)).isEqualTo(WhoTalksToWhom.documented("vepa", false));
    }

    @Test
    @Order(2)
    @DisplayName("who talks to whom where the switch sends frames back (hairpin)")
    @SuppressWarnings("try") // The hairpin is on as long as the block lasts.
    void whoTalksToWhomWithHairpin(Lab lab) {
        try (Undo hairpin = lab.launcher().enableHairpin()) {
            assertThat(WhoTalksToWhom.observe(lab, "vepa", true)).isEqualTo(WhoTalksToWhom.documented("vepa", true));
        }
    }
}
