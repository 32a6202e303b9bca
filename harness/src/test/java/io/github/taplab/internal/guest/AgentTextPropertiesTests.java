package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever cloud-init leaves as its result. */
class AgentTextPropertiesTests {

    @Property
    void aResultOfCloudInitIsReadOrThrown(@ForAll("results") String text) {
        Throwable thrown = catchThrowable(() -> GuestBoot.errors(text));
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cloud-init's result is no JSON: ");
        }
    }

    @Provide
    Arbitrary<String> results() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.json("v1", "errors", "datasource"),
                Garbage.mutated("{\"v1\":{\"datasource\":\"DataSourceNoCloud\",\"errors\":[\"a\"]}}"));
    }
}
