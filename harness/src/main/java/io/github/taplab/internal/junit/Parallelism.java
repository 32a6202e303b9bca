package io.github.taplab.internal.junit;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.DefaultParallelExecutionConfigurationStrategy;

/** How many tests JUnit shall execute at a time, computed as JUnit does it. */
public final class Parallelism {

    private static final String ENABLED = "junit.jupiter.execution.parallel.enabled";
    private static final String PREFIX = "junit.jupiter.execution.parallel.config.";

    private Parallelism() {}

    /** Reads it from JUnit's configuration parameters; without parallel execution it is 1. */
    public static int of(Function<String, Optional<String>> parameters) {
        if (!isEnabled(parameters)) {
            return 1;
        }
        ConfigurationParameters config = new OfParallelExecution(parameters);
        return config.get(DefaultParallelExecutionConfigurationStrategy.CONFIG_STRATEGY_PROPERTY_NAME)
                .map(name -> DefaultParallelExecutionConfigurationStrategy.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(DefaultParallelExecutionConfigurationStrategy.DYNAMIC)
                .createConfiguration(config)
                .getParallelism();
    }

    /** Whether JUnit shall execute tests in parallel at all. */
    static boolean isEnabled(Function<String, Optional<String>> parameters) {
        return parameters.apply(ENABLED).map(Boolean::parseBoolean).orElse(false);
    }

    /** Those of the configuration parameters that JUnit's strategies look at, by the names that they use. */
    private record OfParallelExecution(Function<String, Optional<String>> parameters)
            implements ConfigurationParameters {

        @Override
        public Optional<String> get(String key) {
            return parameters.apply(PREFIX + key);
        }

        @Override
        public Optional<Boolean> getBoolean(String key) {
            return get(key).map(Boolean::parseBoolean);
        }

        // JUnit 6 has it no more.
        @Override
        @SuppressWarnings("deprecation")
        public int size() {
            throw new UnsupportedOperationException("Nobody counts them");
        }

        @Override
        public Set<String> keySet() {
            throw new UnsupportedOperationException("An extension can't list them");
        }
    }
}
