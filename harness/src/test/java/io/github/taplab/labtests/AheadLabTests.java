package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** While one class runs, the lab of the next one is made. With a launcher, as in an IDE: it tells the plan. */
@Tag("lab")
class AheadLabTests {

    private static final Duration SLOWEST_LAB = Duration.ofSeconds(90);

    /** Whether the lab of a class was there when that asked for it. */
    private static final Map<Class<?>, Boolean> WAS_THERE = new ConcurrentHashMap<>();

    private static volatile boolean isNextAwaited;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @BeforeEach
    void nothingHasRun() {
        WAS_THERE.clear();
    }

    private static TestExecutionSummary run(String ahead, Class<?>... fixtures) {
        isNextAwaited = !ahead.equals("off");
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .selectors(Stream.of(fixtures)
                                        .map(fixture -> selectClass(fixture))
                                        .toArray(DiscoverySelector[]::new))
                                .configurationParameter(Fixtures.DEACTIVATE, Fixtures.DISABLED)
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .configurationParameter("taplab.ahead", ahead)
                                .build(),
                        summary);
        assertThat(summary.getSummary().getFailures().stream().map(failure -> failure.getException()))
                .isEmpty();
        return summary.getSummary();
    }

    private static String label(Class<?> fixture) {
        return "io.github.taplab.lab=" + fixture.getName();
    }

    private static List<String> leftovers(Class<?>... fixtures) {
        return Stream.of(fixtures)
                .flatMap(fixture -> EngineView.leftovers(label(fixture)).stream())
                .toList();
    }

    @Test
    void theSecondClassFindsItsLabAndNothingIsLeft() {
        TestExecutionSummary summary = run("auto", First.class, Second.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(WAS_THERE).containsOnly(Map.entry(First.class, false), Map.entry(Second.class, true));
        assertThat(leftovers(First.class, Second.class)).isEmpty();
    }

    @Test
    void switchedOffItDoesNot() {
        TestExecutionSummary summary = run("off", First.class, Second.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
        assertThat(WAS_THERE).containsOnly(Map.entry(First.class, false), Map.entry(Second.class, false));
        assertThat(leftovers(First.class, Second.class)).isEmpty();
    }

    @Test
    void theLabOfAClassThatIsSkippedIsLeftToNobody() {
        TestExecutionSummary summary = run("auto", First.class, Skipped.class);

        assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        assertThat(leftovers(First.class, Skipped.class)).isEmpty();
    }

    /** Registered before the lab's own extension, so it looks before that one asks. */
    static final class Looks implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            Class<?> fixture = context.getRequiredTestClass();
            WAS_THERE.put(fixture, !EngineView.processes(label(fixture)).isEmpty());
        }
    }

    static final class Skips implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ConditionEvaluationResult.disabled("on purpose");
        }
    }

    @Disabled("run by AheadLabTests")
    @Order(1)
    @ExtendWith(Looks.class)
    @LabContainer(clients = "here")
    @MacvtapVm
    static class First {

        @Test
        void waitsForTheNextLab(Guest guest, Client client) {
            assertThat(client.ping(guest.ip())).isAnswered();
            if (isNextAwaited) {
                Waiting.until(
                        "the guest of the next lab runs",
                        SLOWEST_LAB,
                        () -> Stream.of(Second.class, Skipped.class)
                                .flatMap(next -> EngineView.processes(label(next)).stream())
                                .toList(),
                        processes -> processes.stream().anyMatch(process -> process.contains("qemu-system")));
            }
        }
    }

    @Disabled("run by AheadLabTests")
    @Order(2)
    @ExtendWith(Looks.class)
    @LabContainer(clients = "there")
    @MacvtapVm
    static class Second {

        @Test
        void hasALabLikeAnyOther(Guest guest, Client client) {
            assertThat(client.ping(guest.ip())).isAnswered();
        }
    }

    @Disabled("run by AheadLabTests")
    @Order(2)
    @ExtendWith(Skips.class)
    @LabContainer(clients = "there")
    @MacvtapVm
    static class Skipped {

        @Test
        void isNotRun(Guest guest) {}
    }
}
