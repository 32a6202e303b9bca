package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

class ParallelismTests {

    private static final String CONFIG = "junit.jupiter.execution.parallel.config.";
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Map<String, String> parameters =
            new HashMap<>(Map.of("junit.jupiter.execution.parallel.enabled", "true"));

    @Test
    void withoutParallelExecutionItIsOne() {
        assertThat(Parallelism.of(name -> Optional.empty())).isEqualTo(1);
    }

    @Test
    void byDefaultItIsTheNumberOfCores() {
        assertThat(parallelism()).isEqualTo(CORES);
    }

    @Test
    void dynamicMultipliesTheCores() {
        parameters.put(CONFIG + "strategy", "dynamic");
        parameters.put(CONFIG + "dynamic.factor", "3");

        assertThat(parallelism()).isEqualTo(3 * CORES);
    }

    @Test
    void fixedIsANumber() {
        parameters.put(CONFIG + "strategy", "fixed");
        parameters.put(CONFIG + "fixed.parallelism", "7");
        parameters.put(CONFIG + "fixed.max-pool-size", "70");

        assertThat(parallelism()).isEqualTo(7);
    }

    @Test
    void aCustomStrategyIsAsked() {
        parameters.put(CONFIG + "strategy", "custom");
        parameters.put(CONFIG + "custom.class", Own.class.getName());
        parameters.put(CONFIG + "own", "5");

        assertThat(parallelism()).isEqualTo(5);
    }

    private int parallelism() {
        return Parallelism.of(name -> Optional.ofNullable(parameters.get(name)));
    }

    /** JUnit makes one. */
    public static final class Own implements ParallelExecutionConfigurationStrategy {

        @Override
        public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters config) {
            int parallelism = config.get("own", Integer::parseInt).orElseThrow();
            return new ParallelExecutionConfiguration() {
                @Override
                public int getParallelism() {
                    return parallelism;
                }

                @Override
                public int getMinimumRunnable() {
                    return 1;
                }

                @Override
                public int getMaxPoolSize() {
                    return 100;
                }

                @Override
                public int getCorePoolSize() {
                    return 1;
                }

                @Override
                public int getKeepAliveSeconds() {
                    return 1;
                }
            };
        }
    }
}
