package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.node.Client;
import io.github.taplab.spec.HostFeature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.Event;

/** A class that asks for a kind of host, where there is none of that kind, and where there is one. */
@Tag("lab")
class HostFeatureLabTests {

    private static final String SENTENCE = "No lab can run here: the lab asks for host = KVM, and on the Docker host"
            + " guests are emulated: taplab.acceleration=tcg";

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Disabled("run by this class")
    @LabContainer(host = HostFeature.KVM)
    static class NeedsKvm {

        @Test
        void neverRuns() {
            throw new AssertionError("there is no KVM");
        }
    }

    @Disabled("run by this class")
    @LabContainer
    static class NeedsNothing {

        @Test
        void runs(Client client) {
            assertThat(client.name()).isEqualTo("client");
        }
    }

    private static List<TestExecutionResult> verdicts(Class<?> fixture, Path output, String required) {
        return Fixtures.run(fixture, output, Map.of("taplab.acceleration", "tcg", "taplab.required", required))
                .allEvents()
                .finished()
                .stream()
                .map(HostFeatureLabTests::result)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<TestExecutionResult> result(Event event) {
        return event.getPayload(TestExecutionResult.class);
    }

    private static Stream<String> messages(List<TestExecutionResult> verdicts, Status status) {
        return verdicts.stream()
                .filter(verdict -> verdict.getStatus() == status)
                .flatMap(verdict -> verdict.getThrowable().stream())
                .map(failure -> String.valueOf(failure.getMessage()));
    }

    @Test
    void whereNoHostHasItTheClassIsSkippedWithOneSentence(@TempDir Path output) {
        List<TestExecutionResult> verdicts = verdicts(NeedsKvm.class, output, "false");

        assertThat(messages(verdicts, Status.ABORTED))
                .containsExactly(SENTENCE + ". With taplab.required=true this is a failure");
        assertThat(messages(verdicts, Status.FAILED)).isEmpty();
    }

    @Test
    void orFailsWithItWhereLabsAreRequired(@TempDir Path output) {
        List<TestExecutionResult> verdicts = verdicts(NeedsKvm.class, output, "true");

        assertThat(messages(verdicts, Status.FAILED)).containsExactly(SENTENCE);
        assertThat(messages(verdicts, Status.ABORTED)).isEmpty();
    }

    @Test
    void whoAsksForNothingHasALabThere(@TempDir Path output) {
        assertThat(verdicts(NeedsNothing.class, output, "true"))
                .allMatch(verdict -> verdict.getStatus() == Status.SUCCESSFUL);
    }
}
