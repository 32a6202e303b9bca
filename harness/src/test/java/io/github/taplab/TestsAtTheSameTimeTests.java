package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.LabSpec;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A registered lab has no lock that would keep its tests apart: refused before anything starts, without Docker. */
class TestsAtTheSameTimeTests {

    private static final String MODE = "junit.jupiter.execution.parallel.mode.default";

    @Execution(ExecutionMode.CONCURRENT)
    static class WholeClassCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        void test() {}
    }

    static class OneMethodCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void beside() {}

        @Test
        void test() {}
    }

    static class NestedCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Nested
        class InnerCase {
            @Test
            @Execution(ExecutionMode.CONCURRENT)
            void beside() {}
        }
    }

    static class ByDefaultCase {
        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder().build());

        @Test
        void test() {}
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(WholeClassCase.class, "same_thread", "WholeClassCase has @Execution(CONCURRENT)"),
                Arguments.of(OneMethodCase.class, "same_thread", "OneMethodCase.beside has @Execution(CONCURRENT)"),
                Arguments.of(NestedCase.class, "same_thread", "InnerCase.beside has @Execution(CONCURRENT)"),
                Arguments.of(ByDefaultCase.class, "concurrent", MODE + " is concurrent"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Class<?> testClass, String mode, String why) {
        assertThat(Fixture.faultOf(testClass, Map.of("junit.jupiter.execution.parallel.enabled", "true", MODE, mode)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "The tests of %s share a lab, whose network they change, and may run at the same time: %s;"
                                + " let one thread run them, with @Execution(SAME_THREAD) on the class and no other @Execution"
                                + " inside, or declare the lab with @LabContainer, which brings a lock",
                        testClass.getName(), why);
    }
}
