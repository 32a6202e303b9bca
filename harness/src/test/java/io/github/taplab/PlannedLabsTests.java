package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.taplab.internal.junit.ClassPlan;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.LabSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which labs are known before their classes start. */
class PlannedLabsTests {

    private static final Set<Attachment> ALL = Set.of(Attachment.values());

    private static List<LabRequest> planned(boolean disabledOnesRun, Class<?>... classes) {
        var discovery = request()
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toArray(DiscoverySelector[]::new));
        if (disabledOnesRun) {
            discovery.configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition");
        }
        return PlannedLabs.of(ClassPlan.of(LauncherFactory.create().discover(discovery.build())), ALL);
    }

    @Test
    void eachHasItsClassItsSpecAndWhatIsAskedFor() {
        List<LabRequest> planned = planned(true, One.class);

        assertThat(planned)
                .containsExactly(new LabRequest(
                        One.class.getName(),
                        Declarations.read(One.class, Optional.empty()).spec(),
                        Set.of("client")));
    }

    @Test
    void aNestedClassMayHaveOneOfItsOwn() {
        assertThat(planned(true, Outer.class))
                .extracting(LabRequest::name)
                .containsExactly(Outer.class.getName(), Outer.WithItsOwn.class.getName());
    }

    @Test
    void aClassThatRunsOnceForEachAttachmentHasOneForEachThatIsWanted() {
        List<LabRequest> all = planned(true, Each.class);

        assertThat(all)
                .extracting(request -> request.spec().guests().get(0).attachment())
                .containsExactly(Attachment.QEMU, Attachment.DIRECT);
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(planned(true, Wrong.class, EachMethod.class, Registered.class, Without.class))
                .isEmpty();
    }

    @Test
    void disabledClassesCountWhereTheyRun() {
        assertThat(planned(false, One.class, Outer.class)).isEmpty();
    }

    @Disabled("planned by PlannedLabsTests")
    @LabContainer
    @MacvtapVm
    static class One {

        @Test
        void asks(Guest guest, Client client) {}
    }

    @Disabled("planned by PlannedLabsTests")
    @LabContainer
    static class Outer {

        @Nested
        class Shares {

            @Test
            void passes() {}
        }

        @Disabled("planned by PlannedLabsTests")
        @Nested
        @LabContainer(clients = "other")
        class WithItsOwn {

            @Test
            void passes() {}
        }
    }

    @Disabled("planned by PlannedLabsTests")
    @LabContainer
    @MacvtapVm
    @EachAttachment({Attachment.QEMU, Attachment.DIRECT})
    static class Each {

        @Test
        void passes() {}
    }

    @Disabled("planned by PlannedLabsTests")
    @LabContainer(subnet = "nonsense")
    static class Wrong {

        @Test
        void passes() {}
    }

    @Disabled("planned by PlannedLabsTests")
    @LabContainer(scope = LabScope.METHOD)
    static class EachMethod {

        @Test
        void passes() {}
    }

    @Disabled("planned by PlannedLabsTests")
    static class Registered {

        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        void passes() {}
    }

    @Disabled("planned by PlannedLabsTests")
    static class Without {

        @Test
        void passes() {}
    }
}
