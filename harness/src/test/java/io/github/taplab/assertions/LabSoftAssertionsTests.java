package io.github.taplab.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** By each of the ways that AssertJ has for soft assertions. */
class LabSoftAssertionsTests {

    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");
    private static final CommandResult FAILED =
            new CommandResult("guest", List.of("false"), 1, "", "", Duration.ofMillis(80));
    private static final NeighbourAnswers ANSWERED =
            new NeighbourAnswers("client", InterfaceIp.ip("198.18.9.5"), new TreeSet<>(List.of(GUEST)), "output");

    private static final String FIRST = """
            [the command] Command on guest: false
              expected: exit code 0
              found:    exit code 1
              look at:  guest: false
                        exit code 1 after 80 ms
                        stdout: (empty)
                        stderr: (empty)""";
    private static final String SECOND = """
            ARP who-has 198.18.9.5, asked by client
              expected: no answer
              found:    answers from 02:9e:12:09:00:05
              look at:  output""";

    @Test
    void aBlockTellsAllOfItsFailures() {
        assertBothAreTold(catchThrowable(() -> LabSoftAssertions.assertSoftly(LabSoftAssertionsTests::assertThree)));
        assertBothAreTold(catchThrowable(() ->
                SoftAssertionsProvider.assertSoftly(LabSoftAssertions.class, LabSoftAssertionsTests::assertThree)));
    }

    @Test
    void aBlockWithoutFailuresSaysNothing() {
        LabSoftAssertions.assertSoftly(softly -> {
            softly.assertThat(FAILED).hasExitCode(1).failed();
            softly.assertThat("AssertJ's own").isNotEmpty();
        });
    }

    /** Somebody's own soft assertions, put together of several providers. */
    static class OwnSoftAssertions extends LabSoftAssertions {}

    @Test
    void assertAllTellsThemToo() {
        OwnSoftAssertions softly = new OwnSoftAssertions();
        assertThree(softly);

        assertBothAreTold(catchThrowable(softly::assertAll));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(softly::assertAll);
    }

    @ExtendWith(SoftAssertionsExtension.class)
    static class InjectedCase {

        @InjectSoftAssertions
        LabSoftAssertions softly = new LabSoftAssertions();

        @Test
        void field() {
            assertThree(softly);
        }
    }

    @ExtendWith(SoftAssertionsExtension.class)
    static class ParameterCase {

        @Test
        void parameter(LabSoftAssertions softly) {
            assertThree(softly);
        }
    }

    @Test
    void assertJsExtensionInjectsThem() {
        assertBothAreTold(failureOf(InjectedCase.class));
        assertBothAreTold(failureOf(ParameterCase.class));
    }

    private static void assertThree(LabSoftAssertions softly) {
        softly.assertThat(FAILED).as("the command").succeeded();
        softly.assertThat(FAILED).hasExitCode(1);
        softly.assertThat(ANSWERED).isNotAnswered();
    }

    private static void assertBothAreTold(Throwable failure) {
        assertThat(failure).isInstanceOf(AssertJMultipleFailuresError.class);
        List<Throwable> failures = ((AssertJMultipleFailuresError) failure).getFailures();
        assertThat(failures).hasSize(2);
        // AssertJ adds in which line.
        assertThat(failures.get(0)).hasMessageStartingWith(FIRST + "\nat ");
        assertThat(failures.get(1)).hasMessageStartingWith(SECOND + "\nat ");
    }

    private static Throwable failureOf(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .failed()
                .list()
                .get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
