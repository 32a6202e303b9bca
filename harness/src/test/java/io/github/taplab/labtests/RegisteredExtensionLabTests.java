package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabExtension;
import io.github.taplab.node.Client;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.LabSpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("lab")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class RegisteredExtensionLabTests {

    @RegisterExtension
    static final LabExtension LAB = LabExtension.of(
            LabSpec.builder().prefixLength(28).clients("near", "far").build());

    @FromLab
    static Launcher launcher;

    @FromLab("far")
    Client far;

    @Test
    void theLabIsAsTheSpecSays(Lab lab, @FromLab("near") Client near) {
        assertThat(lab.subnet().prefixLength()).isEqualTo(28);
        assertThat(lab.guests()).isEmpty();
        assertThat(near).reaches(launcher.ip()).reaches(far.ip());
    }

    @Nested
    class Inner {

        @Test
        void sharesIt(Launcher parameter) {
            assertThat((Object) parameter).isSameAs(launcher);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class OneInstance {

        private final Launcher ofConstructor;

        OneInstance(Launcher parameter) {
            ofConstructor = parameter;
        }

        @Test
        void sharesItToo() {
            assertThat((Object) ofConstructor).isSameAs(launcher);
        }
    }
}
