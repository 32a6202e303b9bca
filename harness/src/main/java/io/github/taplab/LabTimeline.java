package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.timeline.Event;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The tests of a lab on its timeline. */
final class LabTimeline {

    private LabTimeline() {}

    static void began(ExtensionContext test) {
        add(test, new TestBegan(Instant.now(), test.getUniqueId(), test.getDisplayName()));
    }

    static void ended(ExtensionContext test) {
        add(test, new TestEnded(Instant.now(), test.getUniqueId(), verdict(test.getExecutionException())));
    }

    private static Verdict verdict(Optional<Throwable> failure) {
        return failure.map(thrown -> thrown instanceof TestAbortedException ? Verdict.ABORTED : Verdict.FAILED)
                .orElse(Verdict.PASSED);
    }

    private static void add(ExtensionContext test, Event event) {
        KeptLab kept = test.getStore(LabLifecycle.NAMESPACE).get(KeptLab.class, KeptLab.class);
        if (kept != null) {
            RunningLab lab = kept.lab();
            lab.timeline().add(event);
        }
    }
}
