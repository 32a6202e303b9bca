package io.github.taplab.samples.faults;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "left", mode = MacvtapMode.BRIDGE)
@MacvtapVm(name = "right", mode = MacvtapMode.BRIDGE)
@MacvtapVm(name = "vepa", mode = MacvtapMode.VEPA)
@MacvtapVm(name = "private", mode = MacvtapMode.PRIVATE)
@Order(601)
@DisplayName("6.1 A parent interface that is down takes its macvtaps along")
class ParentDownTests extends ParentDown {

    /**
     * In bridge mode a frame for a neighbour never leaves the launcher. But the kernel lets an interface send only
     * while it has a carrier, and a macvtap has its parent's.
     */
    @Test
    @Order(3)
    @DisplayName("neighbours in bridge mode are cut off from each other too, although they need no switch")
    @SuppressWarnings("try") // The parent is down as long as the block lasts.
    void neighboursInBridgeModeAreCutOffToo(
            Launcher launcher, @FromLab("left") Guest left, @FromLab("right") Guest right) {
        assertThat(left).reaches(right.ip());

        try (Undo down = launcher.takeDown("eth0")) {
            eventually(() -> assertThat(left.macvtap()).hasNoCarrier());
            assertThat(left).doesNotReach(right.ip());
        }
        left.flushNeighbours();
        assertThat(left).reaches(right.ip());
    }
}
