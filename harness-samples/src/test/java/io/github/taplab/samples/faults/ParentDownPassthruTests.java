package io.github.taplab.samples.faults;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;

@LabContainer
@MacvtapVm(mode = MacvtapMode.PASSTHRU)
@Order(602)
@DisplayName("6.2 Mode passthru: a parent interface that is down takes its only macvtap along")
class ParentDownPassthruTests extends ParentDown {}
