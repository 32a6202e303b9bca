package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes that are the subject of a test. */
final class Fixture {

    private Fixture() {}

    /** Why a class failed before any of its tests began. */
    static Throwable faultOf(Class<?> testClass) {
        return faultOf(testClass, Map.of());
    }

    /** The same with configuration parameters. */
    static Throwable faultOf(Class<?> testClass, Map<String, String> parameters) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectClass(testClass))
                .execute();
        assertThat(results.testEvents().started().count())
                .as("tests of %s that started", testClass.getSimpleName())
                .isZero();
        return onlyFailure(results.containerEvents().failed().list());
    }

    /** Why the only test of a class failed. */
    static Throwable failureOf(Class<?> testClass) {
        return onlyFailure(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .failed()
                .list());
    }

    private static Throwable onlyFailure(List<Event> failed) {
        assertThat(failed).hasSize(1);
        return failed.get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
