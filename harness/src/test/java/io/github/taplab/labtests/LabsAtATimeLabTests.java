package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.LabContainer;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** JUnit's parallelism is the number of labs, though its threads wait for much. */
@Tag("lab")
class LabsAtATimeLabTests {

    private static final int PARALLELISM = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void areNoMoreThanParallelism() {
        List<Class<?>> fixtures =
                List.of(One.class, Two.class, Three.class, Four.class, Five.class, Six.class, Seven.class, Eight.class);
        CompletableFuture<EngineExecutionResults> run = CompletableFuture.supplyAsync(
                () -> EngineTestKit.engine("junit-jupiter")
                        .selectors(fixtures.stream()
                                .map(fixture -> selectClass(fixture))
                                .toArray(DiscoverySelector[]::new))
                        .configurationParameter(Fixtures.DEACTIVATE, Fixtures.DISABLED)
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                                Integer.toString(PARALLELISM))
                        .execute(),
                work -> new Thread(work, "labs-at-a-time").start());

        Set<String> names = fixtures.stream().map(Class::getName).collect(Collectors.toSet());
        AtomicInteger most = new AtomicInteger();
        Waiting.until(
                "the classes are done",
                LONGEST,
                () -> most.accumulateAndGet(labs(names), Math::max),
                labs -> run.isDone());

        assertThat(most.get()).as("labs at a time").isEqualTo(PARALLELISM);
        Waiting.joined("the classes are done", LONGEST, run)
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(2L * fixtures.size()));
    }

    private static int labs(Collection<String> fixtures) {
        // Others of this JVM may be open beside them.
        return (int) EngineView.labs(
                        "io.github.taplab.pid=" + ProcessHandle.current().pid())
                .stream()
                .filter(fixtures::contains)
                .count();
    }

    abstract static class Base {

        @Test
        void needsTheClient(Client client) {
            assertThat(client.links()).isNotEmpty();
        }

        @Test
        void needsTheGateway(Gateway gateway) {
            assertThat(gateway.links()).isNotEmpty();
        }
    }

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class One extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Two extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Three extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Four extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Five extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Six extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Seven extends Base {}

    @Disabled("run by LabsAtATimeLabTests")
    @LabContainer
    static class Eight extends Base {}
}
