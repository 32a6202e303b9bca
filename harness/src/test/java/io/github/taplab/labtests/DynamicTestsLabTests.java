package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.fileEntry;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.internal.green.LastGreen;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** JUnit asks no handler of failures about a dynamic test, and its factory passes: in a lab it fails as any other. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class DynamicTestsLabTests {

    private static final String FILE = "taplab-evidence.txt";

    @TempDir
    private Path output;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private EngineExecutionResults run(Class<?> fixture) {
        return Fixtures.run(
                fixture, output, Map.of("taplab.cache", output.resolve("cache").toString()));
    }

    @Test
    void theFirstThatFailsHasTheEvidenceAndTheFactoryIsNotGreen() throws IOException {
        EngineExecutionResults results = run(Several.class);

        results.testEvents()
                .assertStatistics(
                        counts -> counts.started(5).succeeded(2).aborted(1).failed(2));
        assertThat(results.allEvents().stream()
                        .filter(fileEntry(entry -> entry.getPath().endsWith(FILE))::matches)
                        .map(Event::getTestDescriptor))
                .extracting(TestDescriptor::getDisplayName)
                .containsExactly("fails");
        assertThat(Fixtures.files(output, FILE)).hasSize(1);
        assertThat(Files.readString(Fixtures.files(output, FILE).get(0)))
                .containsSubsequence(
                        "test begins: severalTests(Launcher)",
                        "test begins: passes",
                        "test has passed",
                        "test begins: fails",
                        "launcher: run(echo seen)",
                        "== launcher: addresses")
                .doesNotContain("test begins: fails too");
        String factory = "[engine:junit-jupiter]/[class:%s]/[test-factory:severalTests(io.github.taplab.node.Launcher)]"
                .formatted(Several.class.getName());
        LastGreen green = new LastGreen(output.resolve("cache").resolve("green"));
        assertThat(green.knows(factory)).as("the factory").isFalse();
        assertThat(green.knows(factory + "/[dynamic-test:#1]")).as("passes").isTrue();
        assertThat(green.knows(factory + "/[dynamic-container:#2]/[dynamic-test:#1]"))
                .as("fails")
                .isFalse();
        assertThat(green.knows(factory + "/[dynamic-test:#4]")).as("aborts").isFalse();
        assertThat(green.knows(factory + "/[dynamic-test:#5]"))
                .as("passes afterwards")
                .isTrue();
    }

    @Test
    void whereNoneFailsTheFactoryIsGreen() throws IOException {
        run(Green.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1).aborted(1).failed(0));

        assertThat(Fixtures.files(output, FILE)).isEmpty();
        assertThat(new LastGreen(output.resolve("cache").resolve("green"))
                        .knows("[engine:junit-jupiter]/[class:%s]/[test-factory:greenTests()]"
                                .formatted(Green.class.getName())))
                .isTrue();
    }

    @Test
    void whereANodeIsDeadItIsNoVerdictOnTheNetwork() {
        run(Broken.class)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                displayName("afterTheClientHasGone"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class),
                                        message(said -> said.startsWith("The lab is broken, so this is no verdict on"
                                                + " the network: client ")),
                                        cause(instanceOf(AssertionError.class), message("on purpose")))));
    }

    @Disabled("run by DynamicTestsLabTests")
    @LabContainer
    static class Several {

        @TestFactory
        Stream<DynamicNode> severalTests(Launcher launcher) {
            return Stream.of(
                    dynamicTest("passes", () -> launcher.run("true")),
                    dynamicContainer("inside", Stream.of(dynamicTest("fails", () -> {
                        launcher.run("echo", "seen");
                        fail("on purpose");
                    }))),
                    dynamicTest("fails too", () -> fail("since that failed")),
                    dynamicTest("aborts", () -> abort("not here")),
                    dynamicTest("passes afterwards", () -> launcher.run("true")));
        }
    }

    @Disabled("run by DynamicTestsLabTests")
    @LabContainer
    static class Green {

        @TestFactory
        Stream<DynamicTest> greenTests() {
            return Stream.of(dynamicTest("passes", () -> {}), dynamicTest("aborts", () -> abort("not here")));
        }
    }

    @Disabled("run by DynamicTestsLabTests")
    @LabContainer(scope = LabScope.METHOD)
    static class Broken {

        @TestFactory
        Stream<DynamicTest> brokenTests(Client client) {
            return Stream.of(dynamicTest("afterTheClientHasGone", () -> {
                assertThatIllegalStateException().isThrownBy(() -> client.sh("kill -TERM 1; sleep 20"));
                fail("on purpose");
            }));
        }
    }
}
