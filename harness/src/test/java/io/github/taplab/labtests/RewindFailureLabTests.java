package io.github.taplab.labtests;

import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** A lab that can't go back fails the test that it was for, with the reason. */
@Tag("lab")
class RewindFailureLabTests {

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void aMachineThatHasEndedIsTheReason(@TempDir Path output) {
        EngineExecutionResults results = Fixtures.run(KilledGuest.class, output);

        results.testEvents().assertStatistics(counts -> counts.succeeded(1).failed(1));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(text ->
                                        text.matches("(?s)The lab can't go back to where it was before its first"
                                                + " test; with scope = METHOD each test has a lab of its own: guest on launcher"
                                                + " has stopped: .* by signal 9\\..*"))));
    }

    @Test
    void soIsAPowerOffAlsoWhereTheGuestHasBootedAgain(@TempDir Path output) {
        EngineExecutionResults results = Fixtures.run(PoweredOffGuest.class, output);

        results.testEvents().assertStatistics(counts -> counts.succeeded(1).failed(2));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(
                        2,
                        finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message("The lab can't go back to where it was before its first test; with scope ="
                                        + " METHOD each test has a lab of its own: guest was powered off, and the QEMU"
                                        + " that kept where it was has ended")));
    }

    @Disabled("run by RewindFailureLabTests")
    @LabContainer(scope = LabScope.REWIND)
    @MacvtapVm(attachment = Attachment.QEMU)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PoweredOffGuest {

        @Test
        @Order(1)
        void powersOff(Guest guest) {
            guest.powerOff();
        }

        @Test
        @Order(2)
        void wantsToGoBack(Guest guest) {
            guest.powerOn();
        }

        @Test
        @Order(3)
        void stillWantsTo(Guest guest) {
            guest.run("true");
        }
    }

    @Disabled("run by RewindFailureLabTests")
    @LabContainer(scope = LabScope.REWIND)
    @MacvtapVm(attachment = Attachment.QEMU)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class KilledGuest {

        @Test
        @Order(1)
        void kills(Guest guest, Launcher launcher) {
            launcher.sh("kill -KILL $(cat /run/%s.pid)".formatted(guest.name()));
        }

        @Test
        @Order(2)
        void wantsToGoBack(Guest guest) {
            guest.run("true");
        }
    }
}
