package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;

/** When the parts of a run began and what became of them, by their unique ids. */
final class Outcomes {

    private final Clock clock;
    private final Map<String, Instant> begun = new ConcurrentHashMap<>();
    private final Map<String, Outcome> ended = new ConcurrentHashMap<>();

    Outcomes(Clock clock) {
        this.clock = clock;
    }

    /**
     * What became of one.
     *
     * @param reason why it was skipped or aborted; otherwise empty
     */
    record Outcome(
            Verdict verdict,
            Instant began,
            Duration took,
            String reason,
            @Nullable FailureReport failure) {}

    void begins(String uniqueId) {
        begun.put(uniqueId, clock.instant());
    }

    void isSkipped(String uniqueId, String reason) {
        ended.put(uniqueId, new Outcome(Verdict.ABORTED, clock.instant(), Duration.ZERO, reason, null));
    }

    void ends(String uniqueId, TestExecutionResult result) {
        Instant end = clock.instant();
        Instant began = begun.getOrDefault(uniqueId, end);
        Duration took = Duration.between(began, end);
        ended.put(
                uniqueId,
                switch (result.getStatus()) {
                    case SUCCESSFUL -> new Outcome(Verdict.PASSED, began, took, "", null);
                    case ABORTED ->
                        new Outcome(
                                Verdict.ABORTED,
                                began,
                                took,
                                result.getThrowable().map(Throwable::getMessage).orElse(""),
                                null);
                    case FAILED ->
                        new Outcome(
                                Verdict.FAILED,
                                began,
                                took,
                                "",
                                result.getThrowable().map(FailureReport::of).orElseGet(FailureReport::unknown));
                });
    }

    /** What became of one; of what has not ended, that it was not run. */
    Outcome of(String uniqueId) {
        Outcome outcome = ended.get(uniqueId);
        return outcome == null
                ? new Outcome(Verdict.ABORTED, clock.instant(), Duration.ZERO, "not run", null)
                : outcome;
    }

    void forget() {
        begun.clear();
        ended.clear();
    }

    boolean has(String uniqueId) {
        return ended.containsKey(uniqueId);
    }
}
