package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.InterruptedWaitException;
import io.github.taplab.node.Undo;
import java.lang.reflect.Proxy;
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
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
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

    /**
     * They have no lock, so a thread of JUnit's that waits for the tests of one class executes another class on top: it
     * may then not wait for the first one's lab to close.
     */
    @ParameterizedTest
    @ValueSource(strings = {"FORK_JOIN_POOL", "WORKER_THREAD_POOL"})
    void classesWhoseTestsRunSideBySideDoNotWaitForEachOtherForEver(String executor) {
        run(executor, Loose1.class, Loose2.class, Loose3.class, Loose4.class, Loose5.class, Loose6.class)
                .assertStatistics(tests -> tests.succeeded(6 * Lab.TESTS));
    }

    @Test
    void aThreadInTheMiddleOfAnotherClassDoesNotWait() throws Exception {
        LabPermits one = new LabPermits(1);
        ExtensionContext other = ContextOf.node("[class:Other]");
        Undo others = one.take(other);
        try (AutoCloseable entered = one.enter(ContextOf.node("[class:Other]/[template]"))) {
            assertThat(entered).isNotNull();
            one.take(ContextOf.node("[class:SomeTests]")).close();
        }

        // Its own class is none that could be in the way, and afterwards there is no other.
        AutoCloseable entered = one.enter(ContextOf.node("[class:SomeTests]"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> one.take(ContextOf.node("[class:SomeTests]/[nested]")))
                .isInstanceOf(InterruptedWaitException.class);
        assertThat(Thread.interrupted()).isTrue();
        entered.close();
        others.close();
    }

    @Test
    void anInterruptEndsTheWaitAndThePermitIsNotLost() {
        ExtensionContext node = ContextOf.node("[class:SomeTests]");
        LabPermits one = new LabPermits(1);
        Undo first = one.take(node);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> one.take(node))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("one of the 1 labs that may be open at a time closes, for SomeTests:"
                        + " interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        first.close();
        first.close();
        one.take(node).close();
        one.take(node).close();
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

    static class One extends Locked {}

    static class Two extends Locked {}

    static class Three extends Locked {}

    static class Four extends Locked {}

    static class Five extends Locked {}

    static class Six extends Locked {}

    static class Seven extends Locked {}

    static class Eight extends Locked {}

    static class Loose1 extends Lab {}

    static class Loose2 extends Lab {}

    static class Loose3 extends Lab {}

    static class Loose4 extends Lab {}

    static class Loose5 extends Lab {}

    static class Loose6 extends Lab {}

    static final class Opening implements ExecutionCondition, BeforeAllCallback {

        private static final Namespace NAMESPACE = Namespace.create(Opening.class);

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            context.getStore(NAMESPACE).put("node", permits.enter(context));
            return ConditionEvaluationResult.enabled("always");
        }

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

    /** What permits ask of a context. */
    private static final class ContextOf {

        static ExtensionContext node(String id) {
            return (ExtensionContext) Proxy.newProxyInstance(
                    ContextOf.class.getClassLoader(),
                    new Class<?>[] {ExtensionContext.class},
                    (context, method, arguments) -> method.getName().equals("getDisplayName") ? "SomeTests" : id);
        }
    }
}
