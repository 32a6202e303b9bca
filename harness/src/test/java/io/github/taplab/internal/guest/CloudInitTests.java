package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are what cloud-init 25.1 wrote, or its documentation says. */
class CloudInitTests {

    @Test
    void whatWentWellHasNoErrors() {
        assertThat(CloudInit.errors(
                        "{\"v1\": {\"datasource\": \"DataSourceNoCloud [seed=/dev/vdb]\", \"errors\": []}}"))
                .isEmpty();
    }

    @Test
    void errorsAreToldAsTheyAre() {
        assertThat(CloudInit.errors(
                        "{\"v1\": {\"datasource\": null, \"errors\": [\"('runcmd', KeyError())\", \"second\"]}}"))
                .containsExactly("('runcmd', KeyError())", "second");
    }

    @Test
    void whatIsNoJsonIsShown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CloudInit.errors("half {"))
                .withMessage("cloud-init's result is no JSON: half {");
    }

    @Test
    void itsResultIsWaitedForInTheGuest() {
        List<String> asked = new ArrayList<>();

        String result = CloudInit.result(
                (deadline, argv) -> {
                    asked.addAll(List.of(argv));
                    return new CommandResult("guest", List.of(argv), 0, "{}", "", Duration.ZERO);
                },
                Duration.ofMinutes(1));

        assertThat(result).isEqualTo("{}");
        assertThat(asked)
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        "until [ -e /run/cloud-init/result.json ]; do sleep 0.5; done; cat /run/cloud-init/result.json");
    }
}
