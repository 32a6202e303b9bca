package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import io.github.taplab.internal.machine.Machine;
import java.lang.reflect.Proxy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever cloud-init leaves as its result, and whatever an agent says of a command. */
class AgentTextPropertiesTests {

    @Property
    void aResultOfCloudInitIsReadOrThrown(@ForAll("results") String text) {
        Throwable thrown = catchThrowable(() -> CloudInit.errors(text));
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cloud-init's result is no JSON: ");
        }
    }

    @Property
    void aCommandsEndIsReadOrThrown(@ForAll("starts") String start, @ForAll("ends") String end) {
        GuestAgent agent = new GuestAgent("guest", (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(),
                new Class<?>[] {Machine.class},
                (proxy, method, arguments) -> arguments[0].toString().contains("guest-exec-status") ? end : start));

        Throwable thrown = catchThrowable(() -> agent.tryRun("true"));

        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("(?s)The agent of guest answered .*|Command wrote more to its std.*");
        }
    }

    @Provide
    Arbitrary<String> starts() {
        return Arbitraries.oneOf(
                Arbitraries.just("{\"return\":{\"pid\":42}}"),
                Garbage.text(),
                Garbage.json("return", "pid"),
                Garbage.mutated("{\"return\":{\"pid\":42}}"));
    }

    /** Of a command that has ended: one that has not is asked for until its deadline. */
    @Provide
    Arbitrary<String> ends() {
        Arbitrary<String> value = Garbage.json("exited");
        return Arbitraries.oneOf(
                Combinators.combine(value, value, value, value)
                        .as(("{\"return\":{\"exited\":true,\"exitcode\":%s,\"out-data\":%s,\"err-data\":%s,"
                                + "\"out-truncated\":%s}}")::formatted),
                Combinators.combine(value, value)
                        .as("{\"return\":{\"exited\":true,\"signal\":%s,\"err-data\":%s}}"::formatted),
                Garbage.mutated("{\"return\":{\"exited\":true,\"exitcode\":0,\"out-data\":\"eA==\"}}"));
    }

    @Provide
    Arbitrary<String> results() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.json("v1", "errors", "datasource"),
                Garbage.mutated("{\"v1\":{\"datasource\":\"DataSourceNoCloud\",\"errors\":[\"a\"]}}"));
    }
}
