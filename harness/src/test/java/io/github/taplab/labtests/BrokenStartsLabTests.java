package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.fileEntry;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.BootMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/**
 * A libvirtd that is lost while a lab starts: the class fails soon, with a sentence that says what has become of which
 * part, and with what was seen of the lab.
 */
@Tag("lab")
class BrokenStartsLabTests {

    private static final String LAB = "io.github.taplab.lab=" + Boots.class.getName();
    private static final Duration SLOWEST_START = Duration.ofSeconds(90);

    /** Waits until the guest's kernel speaks: libvirt has started it, and its agent is still to come. */
    private static final String SIGNAL = """
            until grep -qs 'Linux version' /var/log/taplab/guest-console.log; do sleep 0.05; done
            grep -qs 'guest: agent starting' /var/log/taplab/guest-console.log && echo too late
            kill -s "$1" $(cat /run/libvirtd.pid) && echo hit
            """;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private static Instant signalled(String signal) {
        Waiting.until(
                "the launcher runs",
                SLOWEST_START,
                () -> EngineView.thatRan(LAB),
                names -> names.stream().anyMatch(name -> name.endsWith("-launcher")));
        assertThat(EngineView.run(LAB, "-launcher", SIGNAL, signal)).isEqualTo("hit\n");
        return Instant.now();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KILL | is gone \\(connection closed, EOF\\) | gone",
                "STOP | does not answer \\(no answer to keep-alive for 20 s, connection closed\\) | stopped \\(T\\), process \\d+"
            })
    @Timeout(200)
    void aLibvirtdThatIsLostWhileTheGuestBootsIsNamedAndLookedAt(
            String signal, String how, String state, @TempDir Path output) throws IOException {
        CompletableFuture<Instant> lost = CompletableFuture.supplyAsync(() -> signalled(signal));

        EngineExecutionResults results =
                Fixtures.run(Boots.class, output, Map.of("taplab.acceleration", "tcg", "taplab.boot", "cold"));

        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(said -> said.matches(
                                        "(?s)guest boots and its agent answers: can't come any more: libvirtd on launcher "
                                                + how + "\\Rlibvirtd on launcher is " + state
                                                + "; the last lines of /var/log/taplab/libvirtd.log on launcher:.*"
                                                + "console of guest:\\R.*"))));
        results.testEvents().assertStatistics(counts -> counts.started(0));
        results.allEvents()
                .assertThatEvents()
                .haveExactly(1, fileEntry(entry -> entry.getPath().endsWith("taplab-evidence.txt")));
        try (var files = Files.walk(output)) {
            Path evidence = files.filter(file -> file.endsWith("taplab-evidence.txt"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(evidence))
                    .contains(
                            "== timeline",
                            "start: guest boot, given up, ",
                            "== launcher: addresses",
                            "== launcher: logs and domains")
                    .contains("-- /var/log/taplab/guest-console.log", "-- /var/log/taplab/libvirtd.log")
                    .contains("-- /run/libvirt/qemu/guest.xml", "<domstatus ");
        }
        Instant failed = results.containerEvents().finished().stream()
                .map(Event::getTimestamp)
                .min(Instant::compareTo)
                .orElseThrow();
        assertThat(Duration.between(lost.orTimeout(1, TimeUnit.SECONDS).join(), failed))
                .isLessThan(Duration.ofSeconds(50));
        assertThat(EngineView.leftovers(LAB)).isEmpty();
    }

    @Disabled("run by BrokenStartsLabTests")
    @LabContainer
    @MacvtapVm(boot = BootMode.COLD)
    static class Boots {

        @Test
        void neverRuns(Guest guest) {
            throw new AssertionError(guest.name() + " has come up");
        }
    }
}
