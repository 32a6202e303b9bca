package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that stands still for a while, as at a breakpoint or on a host that has no time for it, finds its lab again.
 */
@Tag("lab")
@Order(11) // One of the longest, and it only waits.
class SuspendedJvmLabTests {

    // By itself libvirtd gives a client up that is silent for 30 s.
    private static final Duration STANDSTILL = Duration.ofSeconds(40);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String IN_THE_TEST = "marker: in the test";
    private static final String GO_ON = "taplab.test.go.on";

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void itsLabIsAsItWas(@TempDir Path folder) throws IOException {
        Path goOn = folder.resolve("go-on");
        try (ForkedJvm jvm = ForkedJvm.run(Asks.class, Map.of(), List.of("-D%s=%s".formatted(GO_ON, goOn)))) {
            jvm.awaitOutput(IN_THE_TEST);
            jvm.suspend();
            Instant end = Instant.now().plus(STANDSTILL);
            Waiting.until("the JVM has stood still for long enough", LONGEST, Instant::now, end::isBefore);
            Files.createFile(goOn);
            jvm.resume();

            assertThat(jvm.awaitEnd()).contains("asks(Guest) SUCCESSFUL");
        }
    }

    @Disabled("run by SuspendedJvmLabTests")
    @LabContainer
    @MacvtapVm
    static class Asks {

        @Test
        void asks(Guest guest) {
            Path goOn = Path.of(System.getProperty(GO_ON));
            System.out.println(IN_THE_TEST);
            Waiting.until("it may go on", LONGEST, () -> Files.exists(goOn), there -> there);

            // libvirt is asked for the macvtap, and the guest over its own port.
            assertThat(guest.macvtap()).hasMac(guest.mac());
            assertThat(guest.run("true")).succeeded();
        }
    }
}
