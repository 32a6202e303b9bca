package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.Test;

@BareVm
@SuppressWarnings("NullAway.Init") // The lab sets the field.
abstract class BareVmBase {

    @FromLab
    Launcher launcher;

    @Test
    void inheritedTest(Guest guest) {
        assertThat(guest.name()).isEqualTo("vm");
        assertThat(guest).hasNoIpv4Address();
    }
}
