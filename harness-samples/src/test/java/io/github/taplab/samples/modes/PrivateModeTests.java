package io.github.taplab.samples.modes;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "left", mode = MacvtapMode.PRIVATE, trustGuestRxFilters = true)
@MacvtapVm(name = "right", mode = MacvtapMode.PRIVATE, trustGuestRxFilters = true)
@Order(13)
@DisplayName("Mode private: neighbours never reach each other")
class PrivateModeTests extends WhoTalksToWhom {

    PrivateModeTests() {
        super(MacvtapMode.PRIVATE);
    }
}
