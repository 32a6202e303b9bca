package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/**
 * A libvirtd that does not answer any more costs a test that asks it its verdict, and the run some seconds. Commands in
 * a guest do not go through it.
 */
@Tag("lab")
class StoppedLibvirtdLabTests {

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private static Instant time(Events events, EventType type) {
        return events.list().stream()
                .filter(event -> event.getType() == type)
                .map(Event::getTimestamp)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    @Test
    @Timeout(400)
    void theTestFailsWithASentenceTheLabGoesAndTheNextClassRuns(@TempDir Path output) {
        EngineExecutionResults results = Fixtures.run(StoppedLibvirtd.class, output);

        Events tests = results.testEvents();
        tests.assertThatEvents()
                .haveExactly(1, event(test("runsACommandInTheGuest"), finishedSuccessfully()))
                .haveExactly(
                        1,
                        finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(text -> text.matches("(?s)libvirtd on launcher does not answer \\(no answer to"
                                        + " keep-alive for 20 s, connection closed\\); it is stopped \\(T\\), process \\d+;"
                                        + " asked for: its XML of guest; .*"))));
        Instant started = tests.started().list().get(0).getTimestamp();
        Instant failed = time(tests, EventType.FINISHED);
        Instant gone = time(results.allEvents(), EventType.FINISHED);
        assertThat(Duration.between(started, failed)).isLessThan(Duration.ofSeconds(35));
        assertThat(Duration.between(failed, gone)).isLessThan(Duration.ofSeconds(20));
        assertThat(EngineView.leftovers("io.github.taplab.lab=" + StoppedLibvirtd.class.getName()))
                .isEmpty();
        Fixtures.run(Next.class, output).testEvents().assertStatistics(counts -> counts.succeeded(1));
    }

    @Disabled("run by StoppedLibvirtdLabTests")
    @LabContainer
    @MacvtapVm
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class StoppedLibvirtd {

        @Test
        @Order(1)
        void runsACommandInTheGuest(Guest guest, Launcher launcher) {
            launcher.sh("kill -STOP $(cat /run/libvirtd.pid)");
            assertThat(guest.run("echo", "here")).printed("here");
        }

        @Test
        @Order(2)
        void asksLibvirt(Guest guest) {
            guest.domainXml();
        }
    }

    @Disabled("run by StoppedLibvirtdLabTests")
    @LabContainer
    @MacvtapVm
    static class Next {

        @Test
        void runs(Guest guest) {
            assertThat(guest.tryRun("true")).succeeded();
        }
    }
}
