package io.github.taplab.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Awaitility's static defaults are the user's: what a test class sets for its own waits changes none of ours. */
@Timeout(60)
class AskingTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void reset() {
        Awaitility.reset();
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                set("a short timeout", () -> Awaitility.setDefaultTimeout(Duration.ofMillis(2))),
                set("a long pause", () -> Awaitility.setDefaultPollInterval(Duration.ofHours(1))),
                set("a late beginning", () -> Awaitility.setDefaultPollDelay(Duration.ofHours(1))),
                set("a condition to give up", () -> Awaitility.setDefaultFailFastCondition(() -> true)),
                set("a condition that throws", () -> Awaitility.setDefaultFailFastCondition(AskingTests::fail)),
                set(
                        "a listener that throws",
                        () -> Awaitility.setDefaultConditionEvaluationListener(evaluated -> fail())),
                set(
                        "another thread",
                        () -> Awaitility.pollExecutorService(Executors.newSingleThreadExecutor(work -> {
                            Thread daemon = new Thread(work);
                            daemon.setDaemon(true);
                            return daemon;
                        }))));
    }

    private static Arguments set(String what, Runnable setter) {
        return Arguments.of(what, setter);
    }

    private static void fail() {
        throw new IllegalStateException("the user's");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void theDefaultsOfOthersAreNotOurs(String what, Runnable setter) {
        setter.run();
        List<Thread> askers = new ArrayList<>();

        int answer = Waiting.until(
                "it is 3",
                LONG,
                () -> {
                    askers.add(Thread.currentThread());
                    return asked.incrementAndGet();
                },
                number -> number == 3);

        assertThat(answer).isEqualTo(3);
        assertThat(askers).containsOnly(Thread.currentThread());
    }

    @Test
    void whatAQuestionThrowsIsThrownWhateverOthersIgnore() {
        Awaitility.ignoreExceptionsByDefault();

        assertThatIllegalStateException()
                .isThrownBy(() -> Waiting.until(
                        "it answers",
                        LONG,
                        () -> {
                            fail();
                            return 0;
                        },
                        number -> true))
                .withMessage("the user's");
    }

    /** With Awaitility's handler an exception of any thread of the JVM ends the waits of all. */
    @Test
    void aThreadThatFailsElsewhereEndsNoWait() {
        Awaitility.catchUncaughtExceptionsByDefault();
        List<String> handlers = new ArrayList<>();
        Waiting.until(
                "it is asked twice",
                LONG,
                () -> {
                    handlers.add(String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
                    return asked.incrementAndGet();
                },
                number -> number == 2);

        assertThat(handlers)
                .hasSize(2)
                .allSatisfy(handler -> assertThat(handler).doesNotContain("awaitility"));
    }

    @Test
    void theDeadlineHasTheLastAnswer() {
        assertThatThrownBy(() -> Waiting.until("it is 3", Duration.ZERO, () -> 2, number -> number == 3))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage("it is 3: not within 0 ms, last seen: 2");
    }
}
