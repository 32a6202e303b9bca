package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineVersionTests {

    @ParameterizedTest
    @CsvSource({
        "1.41, true",
        "1.52, true",
        "2.0, true",
        "1.40, false",
        "0.99, false",
        "unknown, false",
        "1, false",
        "1.41.1, false",
        "'', false"
    })
    void theApiIsRecentOrTheEngineIsRefused(String api, boolean fit) {
        assertThat(new EngineVersion("Docker", "x", api, "linux", "amd64")
                        .problem("here")
                        .isEmpty())
                .isEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource({
        "linux, amd64, true",
        "linux, arm64, true",
        "linux, riscv64, false",
        "windows, amd64, false",
        "unknown, unknown, false"
    })
    void soIsOneForAnotherSystem(String system, String architecture, boolean fit) {
        assertThat(new EngineVersion("Docker", "x", "1.41", system, architecture)
                        .problem("here")
                        .isEmpty())
                .isEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource({"4.3.1, false", "3.4.4, false", "unknown, false", "4.4.0, true", "4.10-dev, true", "5.4.2, true"})
    void podmanIsRecentOrRefused(String version, boolean fit) {
        assertThat(new EngineVersion("Podman", version, "1.41", "linux", "amd64")
                        .problem("here")
                        .isEmpty())
                .isEqualTo(fit);
    }
}
