package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other JVMs see of a lock is in {@code SharedImageCacheTests}. */
class MachineLockTests {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<String> told = new ArrayList<>();

    private final Path folder;

    MachineLockTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void oneThreadAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(
                                () -> held(() -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.onSpinWait();
                                    return inside.decrementAndGet();
                                }),
                                work -> new Thread(work).start()))
                        .limit(20)
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(most).hasValue(1);
        assertThat(told).isEmpty();
    }

    @Test
    void isGivenBackAfterAFailure() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> held(() -> {
                    throw new IllegalStateException("failed");
                }))
                .withMessage("failed");

        assertThat(held(() -> 1)).isEqualTo(1);
    }

    @Test
    void whoWaitsForAnotherThreadHasADeadline() {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> holder = holder(end);

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> MachineLock.holding(lock(), "works", SHORT, told::add, () -> 1))
                .withMessage("the lock %s of another thread that works: not over within 50 ms", lock());

        end.countDown();
        assertThat(holder.join()).isEqualTo(1);
        assertThat(held(() -> 2)).isEqualTo(2);
    }

    @Test
    void anInterruptEndsTheWaitForAnotherThread() {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Integer> holder = holder(end);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedWaitException.class)
                .isThrownBy(() -> held(() -> 1))
                .withMessage("the lock %s of another thread that works: interrupted while waiting for it", lock());
        assertThat(Thread.interrupted()).isTrue();

        end.countDown();
        assertThat(holder.join()).isEqualTo(1);
    }

    /** Another thread that has the lock until the end. */
    private CompletableFuture<Integer> holder(CountDownLatch end) {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Integer> holder = CompletableFuture.supplyAsync(
                () -> held(() -> {
                    begun.countDown();
                    await(end);
                    return 1;
                }),
                work -> new Thread(work).start());
        await(begun);
        return holder;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anotherLockCanBeTakenInside() {
        Path other = folder.resolve("other.lock");

        assertThat(held(() -> MachineLock.holding(other, "reads", DEADLINE, told::add, () -> 1)))
                .isEqualTo(1);
    }

    @Test
    void saysWhichLockCanNotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> MachineLock.holding(
                        file.resolve("a.lock"), "builds the lab image", DEADLINE, told::add, () -> 1))
                .withMessage("No lock for one that builds the lab image: " + file.resolve("a.lock"));
    }

    private int held(IntSupplier work) {
        return MachineLock.holding(lock(), "works", DEADLINE, told::add, work::getAsInt);
    }

    private Path lock() {
        return folder.resolve("locks").resolve("one.lock");
    }
}
