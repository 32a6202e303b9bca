package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.RepeatedTest;

@LabContainer(scope = LabScope.METHOD)
@SuppressWarnings("NullAway.Init") // The lab sets the field.
class MethodScopeLabTests {

    @FromLab
    Launcher launcher;

    /** Fails where an earlier test's lab is used again, since the folder would exist. */
    @RepeatedTest(2)
    void eachTestHasALabOfItsOwn(Launcher parameter) {
        assertThat((Object) parameter).isSameAs(launcher);
        assertThat(launcher.tryRun("mkdir", "/seen-by-an-earlier-test")).succeeded();
    }
}
