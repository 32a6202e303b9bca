package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** The texts are what cloud-init 25.1 wrote, or its documentation says. */
class GuestBootTests {

    @Test
    void whatWentWellHasNoErrors() {
        assertThat(GuestBoot.errors(
                        "{\"v1\": {\"datasource\": \"DataSourceNoCloud [seed=/dev/vdb]\", \"errors\": []}}"))
                .isEmpty();
    }

    @Test
    void errorsAreToldAsTheyAre() {
        assertThat(GuestBoot.errors(
                        "{\"v1\": {\"datasource\": null, \"errors\": [\"('runcmd', KeyError())\", \"second\"]}}"))
                .containsExactly("('runcmd', KeyError())", "second");
    }

    @Test
    void whatIsNoJsonIsShown() {
        assertThatIllegalStateException()
                .isThrownBy(() -> GuestBoot.errors("half {"))
                .withMessage("cloud-init's result is no JSON: half {");
    }
}
