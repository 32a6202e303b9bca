package io.github.taplab.chaos;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** The other JVM's main class: runs {@link Experiment} as an IDE does, and tells how each part of it ended. */
final class RunExperiment {

    private RunExperiment() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(
                        request()
                                .selectors(selectClass(Experiment.class))
                                .configurationParameter(
                                        "junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        new Teller());
        System.out.println(ExperimentJvm.OVER);
    }

    private static final class Teller implements TestExecutionListener {

        @Override
        public void executionSkipped(TestIdentifier part, String reason) {
            tell(new Part(type(part), "SKIPPED", "-", reason));
        }

        @Override
        public void executionFinished(TestIdentifier part, TestExecutionResult result) {
            Optional<Throwable> thrown = result.getThrowable();
            tell(new Part(
                    type(part),
                    result.getStatus().name(),
                    thrown.map(each -> each.getClass().getSimpleName()).orElse("-"),
                    thrown.map(Teller::words).orElse("")));
            thrown.ifPresent(Throwable::printStackTrace);
        }

        private static String words(Throwable thrown) {
            return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        }

        private static String type(TestIdentifier part) {
            if (part.isTest()) {
                return "test";
            }
            return part.getSource().filter(ClassSource.class::isInstance).isPresent() ? "class" : "engine";
        }

        private static void tell(Part part) {
            System.out.println(part.line());
        }
    }
}
