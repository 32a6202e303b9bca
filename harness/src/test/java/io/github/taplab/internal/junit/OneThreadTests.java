package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What is said of a class's threads, against what JUnit does with it. */
class OneThreadTests {

    private static final String BY_DEFAULT = "junit.jupiter.execution.parallel.mode.default is concurrent";

    private static volatile Optional<String> said = Optional.empty();
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static volatile CountDownLatch met = new CountDownLatch(1);

    @BeforeEach
    void nothingHasMet() {
        met = new CountDownLatch(1);
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(Plain.class, "concurrent", BY_DEFAULT),
                Arguments.of(Plain.class, "same_thread", ""),
                Arguments.of(Sequential.class, "concurrent", ""),
                Arguments.of(Beside.class, "same_thread", "Beside has @Execution(CONCURRENT)"),
                Arguments.of(OneBeside.class, "same_thread", "OneBeside.second has @Execution(CONCURRENT)"),
                Arguments.of(InnerBeside.class, "same_thread", "Inner has @Execution(CONCURRENT)"),
                Arguments.of(Locked.class, "concurrent", ""),
                Arguments.of(OwnLock.class, "concurrent", ""),
                Arguments.of(Reading.class, "concurrent", BY_DEFAULT),
                Arguments.of(Alone.class, "concurrent", ""),
                Arguments.of(Ordered.class, "concurrent", ""),
                Arguments.of(InAnyOrder.class, "concurrent", BY_DEFAULT),
                Arguments.of(OrderedBeside.class, "same_thread", "OrderedBeside has @Execution(CONCURRENT)"));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void whatIsSaidIsWhatJUnitDoes(Class<?> testClass, String mode, String why) {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", mode)
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents()
                .failed()
                .assertThatEvents()
                .isEmpty();

        assertThat(said.orElse("")).isEqualTo(why);
        assertThat(met.getCount() == 0).as("two tests at the same time").isEqualTo(!why.isEmpty());
    }

    @Test
    void withoutParallelExecutionThereIsOneThread() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Beside.class))
                .execute();

        assertThat(said).isEmpty();
        assertThat(met.getCount()).as("two tests at the same time").isOne();
    }

    @ExtendWith(Asking.class)
    abstract static class Two {

        @Test
        void first() throws InterruptedException {
            meet();
        }

        @Test
        void second() throws InterruptedException {
            meet();
        }

        static void meet() throws InterruptedException {
            if (RUNNING.incrementAndGet() > 1) {
                met.countDown();
            }
            // Where none is to come, long enough for it to come, were it allowed to.
            boolean unused = met.await(said.isEmpty() ? 200 : 20_000, TimeUnit.MILLISECONDS);
            RUNNING.decrementAndGet();
        }
    }

    static class Plain extends Two {}

    @Execution(ExecutionMode.SAME_THREAD)
    static class Sequential extends Two {}

    @Execution(ExecutionMode.CONCURRENT)
    static class Beside extends Two {}

    static class OneBeside extends Two {

        @Test
        @Override
        void first() throws InterruptedException {
            meet();
        }

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        @Override
        void second() throws InterruptedException {
            meet();
        }

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void third() throws InterruptedException {
            meet();
        }
    }

    static class InnerBeside extends Two {

        @Nested
        @Execution(ExecutionMode.CONCURRENT)
        class Inner {

            @Test
            void one() throws InterruptedException {
                meet();
            }

            @Test
            void other() throws InterruptedException {
                meet();
            }
        }
    }

    @ResourceLock(providers = LabLocks.class)
    static class Locked extends Two {}

    @ResourceLock("a file")
    static class OwnLock extends Two {}

    @ResourceLock(value = "a file", mode = ResourceAccessMode.READ)
    static class Reading extends Two {}

    @Isolated
    static class Alone extends Two {}

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Ordered extends Two {}

    @TestMethodOrder(AnyOrder.class)
    static class InAnyOrder extends Two {}

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class OrderedBeside extends Two {}

    /** An order that does not mind who runs beside whom. */
    static final class AnyOrder implements MethodOrderer {

        @Override
        public void orderMethods(MethodOrdererContext context) {}

        @Override
        public Optional<ExecutionMode> getDefaultExecutionMode() {
            return Optional.empty();
        }
    }

    static final class Asking implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            // Not that of a nested class: the outer one answers for it.
            if (context.getRequiredTestClass().getEnclosingClass() == OneThreadTests.class) {
                said = OneThread.mayBeMany(context);
            }
        }
    }
}
