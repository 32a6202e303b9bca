package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.NotThereException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksUntilItHolds() {
        eventually(LONG, () -> assertThat(asked.incrementAndGet()).isEqualTo(3));

        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsNotThereYetIsWaitedFor() {
        eventually(LONG, () -> {
            if (asked.incrementAndGet() < 3) {
                throw new NotThereException("guest has no IPv4 address on eth0");
            }
        });

        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsStillNotThereIsToldInTheEnd() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> eventually(SHORT, () -> {
                    throw new NotThereException("guest has no IPv4 address on eth0");
                }))
                .withMessage("Still not so after 20 ms: guest has no IPv4 address on eth0");
    }

    @Test
    void failsWithTheLastFailure() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> eventually(SHORT, () -> {
                    throw new AssertionError("no answer " + asked.incrementAndGet());
                }))
                .withMessageMatching("Still not so after 20 ms: no answer \\d+")
                .satisfies(failure -> assertThat(failure.getCause()).hasMessage("no answer " + asked.get()));
    }

    /** A node that does not answer is no assertion that does not hold yet. */
    @Test
    void whatBreaksEndsIt() {
        assertThatThrownBy(() -> eventually(LONG, () -> {
                    asked.incrementAndGet();
                    throw new DeadlineExceededException("no answer");
                }))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("no answer");
        assertThat(asked).hasValue(1);
    }

    @Test
    void anInterruptEndsItAtOnce() {
        Thread test = Thread.currentThread();
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(test::interrupt);
        long start = System.nanoTime();

        assertThatThrownBy(() -> eventually(LONG, () -> assertThat(1).isEqualTo(2)))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("an assertion holds: interrupted while waiting for it");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
    }
}
