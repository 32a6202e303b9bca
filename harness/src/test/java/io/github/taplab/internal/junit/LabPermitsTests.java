package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** With JUnit's own executors, and an extension that has permits but no labs. */
class LabPermitsTests {

    private static final int PARALLELISM = 2;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static LabPermits permits = new LabPermits(PARALLELISM);
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    @BeforeEach
    void nothingIsOpen() {
        permits = new LabPermits(PARALLELISM);
        OPEN.set(0);
        MOST.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORK_JOIN_POOL", "WORKER_THREAD_POOL"})
    void jUnitsParallelismIsTheNumberOfLabs(String executor) {
        run(executor, One.class, Two.class, Three.class, Four.class, Five.class, Six.class, Seven.class, Eight.class)
                .assertStatistics(tests -> tests.succeeded(8 * Lab.TESTS));

        assertThat(MOST.get()).as("labs at a time").isEqualTo(PARALLELISM);
    }

    /** Their tests need threads of JUnit's, which those that wait for a permit would keep. */
    @ParameterizedTest
    @ValueSource(strings = {"FORK_JOIN_POOL", "WORKER_THREAD_POOL"})
    void classesWhoseTestsRunSideBySideDoNotWaitForEachOtherForEver(String executor) {
        run(executor, Loose1.class, Loose2.class, Loose3.class, Loose4.class, Loose5.class, Loose6.class)
                .assertStatistics(tests -> tests.succeeded(6 * Lab.TESTS));
    }

    @Test
    void anInterruptEndsTheWaitAndThePermitIsNotLost() {
        LabPermits one = new LabPermits(1);
        Undo first = one.take("FirstTests");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> one.take("SomeTests"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("one of the 1 labs that may be open at a time closes, for SomeTests:"
                        + " interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        first.close();
        first.close();
        one.take("SomeTests").close();
        one.take("SomeTests").close();
    }

    private static Events run(String executor, Class<?>... fixtures) {
        return Waiting.call(
                "the classes are done",
                LONGEST,
                () -> EngineTestKit.engine("junit-jupiter")
                        .selectors(Arrays.stream(fixtures)
                                .map(fixture -> selectClass(fixture))
                                .toArray(DiscoverySelector[]::new))
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                                Integer.toString(PARALLELISM))
                        // JUnit 5 has only the first.
                        .configurationParameter("junit.jupiter.execution.parallel.config.executor-service", executor)
                        .execute()
                        .testEvents());
    }

    /** As a class with a lab, which is open for a while. */
    @ExtendWith(Opening.class)
    abstract static class Lab {

        static final int TESTS = 5;

        @Test
        void waitsInAWayThatThePoolMakesUpFor() {
            CompletableFuture<?> soon = new CompletableFuture<>();
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> soon.complete(null));
            soon.join();
        }

        @Test
        void waits() throws InterruptedException {
            pause();
        }

        @ParameterizedTest
        @MethodSource("numbers")
        void waitsMoreOften(int number) throws InterruptedException {
            pause();
        }

        static IntStream numbers() {
            return IntStream.range(0, TESTS - 2);
        }

        private static void pause() throws InterruptedException {
            assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    @ResourceLock(providers = LabLocks.class)
    abstract static class Locked extends Lab {}

    @Execution(ExecutionMode.SAME_THREAD)
    abstract static class Sequential extends Lab {}

    static class One extends Locked {}

    static class Two extends Locked {}

    static class Three extends Locked {}

    static class Four extends Locked {}

    static class Five extends Sequential {}

    static class Six extends Sequential {}

    static class Seven extends Sequential {}

    static class Eight extends Sequential {}

    static class Loose1 extends Lab {}

    static class Loose2 extends Lab {}

    static class Loose3 extends Lab {}

    static class Loose4 extends Lab {}

    static class Loose5 extends Lab {}

    static class Loose6 extends Lab {}

    static final class Opening implements BeforeAllCallback {

        private static final Namespace NAMESPACE = Namespace.create(Opening.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            Undo permit = permits.take(context);
            MOST.accumulateAndGet(OPEN.incrementAndGet(), Math::max);
            context.getStore(NAMESPACE).put("permit", (AutoCloseable) () -> {
                OPEN.decrementAndGet();
                permit.close();
            });
        }
    }
}
