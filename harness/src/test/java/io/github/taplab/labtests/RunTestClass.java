package io.github.taplab.labtests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test class, as an IDE does, and says on standard output how each part of it ended. */
final class RunTestClass {

    static final String ENDED = "run ended";

    private RunTestClass() {}

    /** The class's name is the only argument. */
    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(selectClass(arguments[0]))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter(Fixtures.DEACTIVATE, Fixtures.DISABLED)
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionSkipped(TestIdentifier part, String reason) {
                                System.out.printf("%s SKIPPED %s%n", part.getDisplayName(), reason);
                            }

                            @Override
                            public void executionFinished(TestIdentifier part, TestExecutionResult result) {
                                System.out.printf(
                                        "%s %s %s%n",
                                        part.getDisplayName(),
                                        result.getStatus(),
                                        result.getThrowable()
                                                .map(Throwable::getMessage)
                                                .orElse(""));
                            }
                        });
        System.out.println(ENDED);
    }
}
