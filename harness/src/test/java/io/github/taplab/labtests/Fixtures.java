package io.github.taplab.labtests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes that are disabled by themselves, since some of them fail or never end on purpose. */
final class Fixtures {

    /** The configuration parameter that names conditions which shall not hold. */
    static final String DEACTIVATE = "junit.jupiter.conditions.deactivate";

    static final String DISABLED = "org.junit.*DisabledCondition";

    private Fixtures() {}

    /**
     * Runs one class in this JVM.
     *
     * @param output folder for published files
     */
    static EngineExecutionResults run(Class<?> fixture, Path output) {
        return run(fixture, output, Map.of());
    }

    /** The same with configuration parameters. */
    static EngineExecutionResults run(Class<?> fixture, Path output, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .configurationParameters(parameters)
                .configurationParameter(DEACTIVATE, DISABLED)
                .outputDirectoryCreator(new OutputDirectoryCreator() {
                    @Override
                    public Path getRootDirectory() {
                        return output;
                    }

                    @Override
                    public Path createOutputDirectory(TestDescriptor test) throws IOException {
                        return Files.createTempDirectory(output, "test");
                    }
                })
                .execute();
    }

    /** The files of one name that were published there. */
    static List<Path> files(Path output, String name) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.endsWith(name)).toList();
        }
    }
}
