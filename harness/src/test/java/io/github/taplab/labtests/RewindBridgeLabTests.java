package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A launcher with a bridge goes back too, to the port that a guest's new tap is. */
@LabContainer(scope = LabScope.REWIND)
@MacvtapVm(attachment = Attachment.BRIDGE)
@SuppressWarnings({"NullAway.Init", "CheckReturnValue"}) // The lab sets the field; faults are left on purpose.
class RewindBridgeLabTests {

    /** What a test leaves behind. None takes it back. */
    enum Left {
        A_GUEST_WITHOUT_ITS_NIC(lab -> lab.guest().hotUnplug()),
        A_TAP_OUT_OF_ITS_BRIDGE(lab -> lab.launcher()
                .run("ip", "link", "set", "dev", lab.guest().macvtap().name(), "nomaster")),
        A_LAUNCHER_WITHOUT_A_CABLE(lab -> lab.launcher().unplugCable()),
        A_LAUNCHER_WITHOUT_AN_ADDRESS(lab -> lab.launcher().removeAddress()),
        NOTHING(lab -> {});

        @SuppressWarnings("ImmutableEnumChecker") // A lambda without a state.
        private final Consumer<Lab> leave;

        Left(Consumer<Lab> leave) {
            this.leave = leave;
        }
    }

    @FromLab
    Lab lab;

    @ParameterizedTest
    @EnumSource
    void whateverTheTestBeforeHasLeft(Left left) {
        assertThat(lab.launcher()).reaches(lab.guest()).reaches(lab.client());
        assertThat(lab.client()).reaches(lab.guest()).reaches(lab.launcher());

        left.leave.accept(lab);
    }
}
