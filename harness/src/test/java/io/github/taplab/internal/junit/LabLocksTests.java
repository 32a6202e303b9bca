package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.taplab.LabContainer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider.Lock;
import org.junit.platform.testkit.engine.EngineTestKit;

class LabLocksTests {

    private final LabLocks locks = new LabLocks();

    @Test
    void outerAndNestedClassesTakeTheSameLock() {
        Set<Lock> outer = locks.provideForClass(TogetherCase.class);

        assertThat(outer).containsExactly(new Lock("taplab:" + TogetherCase.class.getName()));
        assertThat(locks.provideForNestedClass(List.of(TogetherCase.class), TogetherCase.InnerCase.class))
                .isEqualTo(outer);
        assertThat(locks.provideForClass(LabLocksTests.class)).doesNotContainAnyElementsOf(outer);
    }

    @Test
    void everyLabTakesIt() {
        ResourceLock lock = LabContainer.class.getAnnotation(ResourceLock.class);

        assertThat(lock).isNotNull();
        assertThat(lock.providers()).containsExactly(LabLocks.class);
    }

    /** Its two tests pass only if they run at the same time. */
    static class TogetherCase {

        private static final CountDownLatch BOTH = new CountDownLatch(2);

        @Test
        void test() throws InterruptedException {
            meet();
        }

        @Nested
        class InnerCase {
            @Test
            void test() throws InterruptedException {
                meet();
            }
        }

        static void meet() throws InterruptedException {
            BOTH.countDown();
            assertThat(BOTH.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Its two tests pass only if they never run at the same time. */
    @ResourceLock(providers = LabLocks.class)
    static class ApartCase {

        private static final Semaphore ALONE = new Semaphore(1);

        @Test
        void test() throws InterruptedException {
            stayAlone();
        }

        @Nested
        class InnerCase {
            @Test
            void test() throws InterruptedException {
                stayAlone();
            }
        }

        static void stayAlone() throws InterruptedException {
            assertThat(ALONE.tryAcquire()).isTrue();
            // Long enough for the other one to come, were it allowed to.
            assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)).isFalse();
            ALONE.release();
        }
    }

    @Test
    void jUnitKeepsTestsWithTheLockApart() {
        assertBothPassInParallel(TogetherCase.class);
        assertBothPassInParallel(ApartCase.class);
    }

    private static void assertBothPassInParallel(Class<?> testClass) {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.started(2).succeeded(2));
    }
}
