package io.github.taplab.samples.modes;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "left", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
@MacvtapVm(name = "right", mode = MacvtapMode.VEPA, trustGuestRxFilters = true)
@Order(12)
@DisplayName("Mode vepa: neighbours reach each other only through a hairpin")
class VepaModeTests extends WhoTalksToWhom {

    VepaModeTests() {
        super(MacvtapMode.VEPA);
    }
}
