package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingNamesTests {

    @ParameterizedTest
    @CsvSource({
        "taplab.requird, taplab.required",
        "taplab.base-image, taplab.base.image",
        "taplab.debianmirror, taplab.debian.mirror",
        "taplab.cachesize, taplab.cache.size",
        "taplab.attachment, taplab.attachments",
        "taplab.Story, taplab.story"
    })
    void aWrongNameIsToldWithTheNearestRightOne(String wrong, String meant) {
        assertThat(SettingNames.problems(List.of(wrong, "junit.platform.output", "user.home"), List.of("PATH")))
                .containsExactly(wrong + " is no setting of Taplab's and has no effect; did you mean " + meant + "?");
    }

    @Test
    void soIsAnEnvironmentVariables() {
        assertThat(SettingNames.problems(List.of(), List.of("TAPLAB_REQUIRE", "TAPLAB_CACHE_SIZE", "XTAPLAB_A")))
                .containsExactly("TAPLAB_REQUIRE is no setting of Taplab's and has no effect;"
                        + " did you mean TAPLAB_REQUIRED?");
    }

    @Test
    void rightNamesAreNoProblem() {
        assertThat(SettingNames.problems(
                        List.of("taplab.required", "taplab.story", "taplab.attachments"), List.of("TAPLAB_CACHE")))
                .isEmpty();
    }

    @Test
    void configurationParametersComeBeforePropertiesAndTheseBeforeTheEnvironment() {
        Map<String, String> environment = Map.of("TAPLAB_STORY", "environment");
        Map<String, String> properties = Map.of("taplab.story", "property");
        Map<String, String> parameters = Map.of("taplab.story", "parameter");

        assertThat(source(Map.of(), Map.of(), environment)).contains("environment");
        assertThat(source(Map.of(), properties, environment)).contains("property");
        assertThat(source(parameters, properties, environment)).contains("parameter");
        assertThat(source(Map.of("taplab.story", " "), Map.of(), Map.of())).isEmpty();
    }

    private static Optional<String> source(
            Map<String, String> parameters, Map<String, String> properties, Map<String, String> environment) {
        return new SettingSource(name -> Optional.ofNullable(parameters.get(name)), properties::get, environment::get)
                .get(SettingNames.STORY);
    }
}
