package io.github.taplab.assertions;

import io.github.taplab.capture.Traffic;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Link;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Node;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.SshAttempt;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/**
 * Where assertions on a lab start. It extends AssertJ's entry point, so one static import serves both.
 *
 * <p>A message says what was looked at and on which node, what was expected, what was found, and what to look at, below
 * the description that {@code as(…)} gave. Every assertion returns its own object, so several stand in one chain. A
 * negation holds only for what was really seen: {@code doesNotReach} wants requests that were sent.
 *
 * @see LabSoftAssertions
 */
@API(status = Status.STABLE, since = "0.1.0")
public class LabAssertions extends Assertions {

    /** How long {@link #eventually(ThrowingCallable)} waits. */
    public static final Duration EVENTUALLY = Duration.ofSeconds(10);

    protected LabAssertions() {}

    public static NeighbourAnswersAssert assertThat(@Nullable NeighbourAnswers actual) {
        return new NeighbourAnswersAssert(actual);
    }

    public static CommandResultAssert assertThat(@Nullable CommandResult actual) {
        return new CommandResultAssert(actual);
    }

    public static HttpResultAssert assertThat(@Nullable HttpResult actual) {
        return new HttpResultAssert(actual);
    }

    public static LinkAssert assertThat(@Nullable Link actual) {
        return new LinkAssert(actual);
    }

    public static NodeAssert assertThat(@Nullable Node actual) {
        return new NodeAssert(actual);
    }

    public static PingResultAssert assertThat(@Nullable PingResult actual) {
        return new PingResultAssert(actual);
    }

    public static SshAttemptAssert assertThat(@Nullable SshAttempt actual) {
        return new SshAttemptAssert(actual);
    }

    public static TrafficAssert assertThat(@Nullable Traffic actual) {
        return new TrafficAssert(actual);
    }

    /**
     * Waits up to {@link #EVENTUALLY} for an assertion to hold: for a state that needs time.
     *
     * @throws AssertionError with the last failure's text
     */
    public static void eventually(ThrowingCallable assertion) {
        eventually(EVENTUALLY, assertion);
    }

    /**
     * Waits for an assertion to hold. It is evaluated anew each time, so the question belongs inside:
     * {@code eventually(() -> assertThat(client.ping(ip)).isAnswered())}. What is not there yet
     * ({@link NotThereException}) is waited for too; anything else that breaks ends the wait.
     *
     * @throws AssertionError with the last failure's text
     */
    public static void eventually(Duration deadline, ThrowingCallable assertion) {
        Waiting.until(
                "an assertion holds",
                deadline,
                () -> failureOf(assertion),
                Optional::isEmpty,
                last -> new AssertionError(
                        "Still not so after %d ms: %s"
                                .formatted(
                                        deadline.toMillis(), last.orElseThrow().getMessage()),
                        last.orElseThrow()));
    }

    private static Optional<Throwable> failureOf(ThrowingCallable assertion) {
        try {
            assertion.call();
            return Optional.empty();
        } catch (AssertionError | NotThereException notYet) {
            return Optional.of(notYet);
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("an assertion holds", e);
        } catch (Throwable other) {
            throw new IllegalStateException("An assertion can't be evaluated: " + other, other);
        }
    }
}
