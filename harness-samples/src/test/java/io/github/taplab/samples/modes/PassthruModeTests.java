package io.github.taplab.samples.modes;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;

@LabContainer(ipv6 = true)
@MacvtapVm(mode = MacvtapMode.PASSTHRU, trustGuestRxFilters = true)
@Order(14)
@DisplayName("Mode passthru: the only guest has the parent interface for itself")
class PassthruModeTests extends WhoTalksToWhom {

    PassthruModeTests() {
        super(MacvtapMode.PASSTHRU);
    }
}
