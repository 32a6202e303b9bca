package io.github.taplab.internal.junit;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Warns of names that look like settings and are none, such as {@code taplab.requird}, and of values that mean nothing,
 * once a run and on standard error, which is seen also where no binding of SLF4J is and where no test has a lab.
 */
public final class SettingsListener implements TestExecutionListener {

    private final PrintStream err;
    private final Supplier<Set<String>> properties;
    private final Supplier<Set<String>> variables;

    /** For the service loader. */
    public SettingsListener() {
        this(
                System.err,
                () -> System.getProperties().stringPropertyNames(),
                () -> System.getenv().keySet());
    }

    SettingsListener(PrintStream err, Supplier<Set<String>> properties, Supplier<Set<String>> variables) {
        this.err = err;
        this.properties = properties;
        this.variables = variables;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Set<String> ofTheJvm = properties.get();
        Set<String> names = new HashSet<>(ofTheJvm);
        names.addAll(plan.getConfigurationParameters().keySet());
        SettingNames.problems(names, variables.get()).forEach(this::tell);
        // JUnit counts system properties among the parameters.
        SettingNames.OF_THE_JVM.stream()
                .filter(name -> names.contains(name) && !ofTheJvm.contains(name))
                .map(
                        "%s is a system property or an environment variable, and has no effect as a configuration parameter"
                                ::formatted)
                .forEach(this::tell);
        try {
            Settings.read(SettingSource.of(plan.getConfigurationParameters()::get));
        } catch (IllegalArgumentException wrong) {
            tell(String.valueOf(wrong.getMessage()));
        }
    }

    private void tell(String problem) {
        err.println("taplab: " + problem);
    }
}
