package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.BootMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two JVMs that want the same snapshot at the same time, when there is none. */
@Tag("lab")
class SnapshotOfTwoRunsLabTests {

    // No other class has such a guest.
    private static final int MEMORY_MIB = 133;

    private static final Duration SLOWEST_START = Duration.ofSeconds(90);
    private static final String WAITS = "Another run makes the snapshot";
    private static final String BOOTED = "marker: it has booted";
    private static final String WENT_ON = "marker: it has gone on";

    @BeforeEach
    void none() {
        EngineView.require();
        EngineView.snapshots(", %d MiB, ".formatted(MEMORY_MIB)).forEach(EngineView::removeVolume);
    }

    private static ForkedJvm run() {
        String told = "-Dorg.slf4j.simpleLogger.log.io.github.taplab.internal.snapshot=info";
        return ForkedJvm.run(Case.class, Map.of(), List.of("-Dtaplab.acceleration=tcg", told));
    }

    /** That of the two that waits. */
    private static ForkedJvm waiting(ForkedJvm one, ForkedJvm other) {
        Waiting.until(
                "one of the two JVMs waits for the other one's snapshot",
                SLOWEST_START,
                () -> one.output() + other.output(),
                printed -> printed.contains(WAITS));
        return one.output().contains(WAITS) ? one : other;
    }

    @Test
    void oneMakesItAndTheOtherGoesOnFromIt() {
        try (ForkedJvm one = run();
                ForkedJvm other = run()) {
            ForkedJvm waiting = waiting(one, other);
            ForkedJvm making = waiting == one ? other : one;

            making.awaitOutput(BOOTED);
            waiting.awaitOutput(WENT_ON);
            assertThat(making.awaitEnd()).contains("SUCCESSFUL").doesNotContain(WAITS, "FAILED");
            assertThat(waiting.awaitEnd()).contains("SUCCESSFUL").doesNotContain("FAILED");
        }
    }

    @Test
    void whereTheOneIsKilledTheOtherBoots() {
        try (ForkedJvm one = run();
                ForkedJvm other = run()) {
            ForkedJvm waiting = waiting(one, other);

            (waiting == one ? other : one).kill();

            waiting.awaitOutput(BOOTED);
            assertThat(waiting.awaitEnd()).contains("SUCCESSFUL").doesNotContain("FAILED");
        }
    }

    @Disabled("run by this class, in other JVMs")
    @LabContainer
    @MacvtapVm(memoryMib = MEMORY_MIB, boot = BootMode.EITHER)
    static class Case {

        @Test
        void says(Guest guest) {
            System.out.println(Origin.of(guest) == Origin.BOOT ? BOOTED : WENT_ON);
        }
    }
}
