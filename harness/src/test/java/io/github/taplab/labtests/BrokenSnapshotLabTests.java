package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * What happens to a guest that may go on from a snapshot: where there is none, where there is one, where it is broken.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenSnapshotLabTests {

    // No other class has such a guest, so its snapshot is this class's alone.
    private static final int MEMORY_MIB = 131;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String MACHINE = ", %d MiB, ".formatted(MEMORY_MIB);

    private static @Nullable Origin origin;
    private static String volume = "";

    @Disabled("run by this class")
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU, memoryMib = MEMORY_MIB, boot = BootMode.EITHER)
    static class EitherCase {

        @Test
        void runs(Guest guest, Launcher launcher) {
            origin = Origin.of(guest);
            volume = launcher.sh("ls /var/lib/taplab/snapshots").text();
        }
    }

    private static void run(Path output) {
        EngineExecutionResults results = Fixtures.run(
                EitherCase.class,
                output,
                // Each run would try out a KVM that does not work.
                Map.of("taplab.acceleration", "tcg", "taplab.boot", "either"));
        results.testEvents().assertStatistics(events -> events.started(1).succeeded(1));
        // An engine removes no volume that is in use.
        Waiting.until(
                "the lab is gone",
                SOON,
                () -> EngineView.leftovers("io.github.taplab.lab=" + EitherCase.class.getName()),
                List::isEmpty);
    }

    @Test
    @Order(1)
    void theFirstBootsAndTheNextGoesOnFromIt(@TempDir Path output) {
        EngineView.snapshots(MACHINE).forEach(EngineView::removeVolume);

        run(output);
        assertThat(origin).isEqualTo(Origin.BOOT);
        assertThat(EngineView.snapshots(MACHINE)).hasSize(1);

        run(output);
        assertThat(origin).isEqualTo(Origin.SNAPSHOT);
    }

    @Test
    @Order(2)
    void whereItIsBrokenTheGuestBootsAndItIsMadeAnew(@TempDir Path output) {
        EngineView.removeVolume(volume);

        // The engine makes an empty volume of that name.
        run(output);
        assertThat(origin).isEqualTo(Origin.BOOT);
        assertThat(EngineView.snapshots(MACHINE)).isEmpty();

        run(output);
        assertThat(origin).isEqualTo(Origin.BOOT);
        assertThat(EngineView.snapshots(MACHINE)).hasSize(1);

        run(output);
        assertThat(origin).isEqualTo(Origin.SNAPSHOT);
    }
}
