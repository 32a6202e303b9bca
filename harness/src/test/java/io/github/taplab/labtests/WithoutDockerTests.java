package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.LabContainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What a user without a Docker engine sees. The other JVM is told of one that does not exist. */
class WithoutDockerTests {

    private static final String NOWHERE = "unix:///nonexistent/docker.sock";
    private static final Map<String, String> ENVIRONMENT = Map.of("DOCKER_HOST", NOWHERE);

    @Test
    void aClassIsSkippedWithTheReason() {
        try (ForkedJvm jvm = ForkedJvm.run(NeedsALab.class, ENVIRONMENT, List.of("-Dtaplab.required=false"))) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd())
                    .contains("NeedsALab SKIPPED No lab can run here: no Docker engine answers at DOCKER_HOST="
                            + NOWHERE + ": No such file or directory. With taplab.required=true this is a failure")
                    .doesNotContain("isNeverReached");
        }
    }

    @Test
    void whereLabsAreRequiredItFails() {
        try (ForkedJvm jvm = ForkedJvm.run(NeedsALab.class, ENVIRONMENT, List.of("-Dtaplab.required=true"))) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd())
                    .contains("NeedsALab FAILED No lab can run here: no Docker engine answers at DOCKER_HOST=" + NOWHERE
                            + ": No such file or directory")
                    .doesNotContain("isNeverReached");
        }
    }

    @Disabled("run by WithoutDockerTests")
    @LabContainer
    static class NeedsALab {

        @Test
        void isNeverReached() {}
    }
}
