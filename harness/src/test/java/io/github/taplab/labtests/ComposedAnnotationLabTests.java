package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lab is declared by a composed annotation on the base class; this class itself says nothing of it. */
class ComposedAnnotationLabTests extends BareVmBase {

    @Test
    void attributesOfTheComposedAnnotationHold(
            Launcher parameter, @FromLab("near") Client near, @FromLab("far") Client far) {
        assertThat((Object) parameter).isSameAs(launcher);
        assertThat(launcher.interfaceIp().prefixLength()).isEqualTo(26);
        assertThat(List.of(near.name(), far.name())).containsExactly("near", "far");
        assertThat(near).reaches(far.ip());
    }
}
