package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import io.github.taplab.internal.timeline.Event.Verdict;
import io.github.taplab.internal.timeline.LastGreen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The tests of a lab on its timeline. */
final class LabTimeline {

    private LabTimeline() {}

    static void began(ExtensionContext test) {
        KeptLab.with(test, lab -> {
            lab.timeline().add(new TestBegan(Instant.now(), test.getUniqueId(), test.getDisplayName()));
        });
    }

    /** Notes how a test ended; of one that has passed what it saw is kept, to compare a later run with it. */
    static void ended(ExtensionContext test) {
        Verdict verdict = verdict(test.getExecutionException());
        KeptLab.with(test, lab -> {
            lab.timeline().add(new TestEnded(Instant.now(), test.getUniqueId(), verdict));
            if (verdict == Verdict.PASSED) {
                lastGreen(test).keep(test.getUniqueId(), lab.timeline().steps(test.getUniqueId()));
            }
            LabReport.ended(test, lab);
        });
    }

    /** What a test has seen otherwise than in its last green run. */
    static List<String> differences(ExtensionContext test, RunningLab lab) {
        return lastGreen(test).differences(test.getUniqueId(), lab.timeline().steps(test.getUniqueId()));
    }

    private static LastGreen lastGreen(ExtensionContext test) {
        return new LastGreen(SessionStart.of(test).settings().cache().resolve("green"));
    }

    private static Verdict verdict(Optional<Throwable> failure) {
        return failure.map(thrown -> thrown instanceof TestAbortedException ? Verdict.ABORTED : Verdict.FAILED)
                .orElse(Verdict.PASSED);
    }
}
