package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A test.
 *
 * @param id JUnit's unique id
 * @param name its display name, after that of the method where it is one of several invocations
 * @param reason why it was skipped or aborted; otherwise empty
 */
public record TestReport(
        String id,
        String name,
        Verdict verdict,
        Instant began,
        Duration took,
        String reason,
        @Nullable FailureReport failure,
        Material material) {

    TestReport with(Material other) {
        return new TestReport(id, name, verdict, began, took, reason, failure, other);
    }

    public boolean failed() {
        return verdict == Verdict.FAILED;
    }
}
