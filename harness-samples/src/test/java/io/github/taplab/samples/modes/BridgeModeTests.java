package io.github.taplab.samples.modes;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "left", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@MacvtapVm(name = "right", mode = MacvtapMode.BRIDGE, trustGuestRxFilters = true)
@Order(11)
@DisplayName("Mode bridge: macvtaps of one parent reach each other, their parent only through a hairpin")
class BridgeModeTests extends WhoTalksToWhom {

    BridgeModeTests() {
        super(MacvtapMode.BRIDGE);
    }
}
