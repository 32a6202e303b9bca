package io.github.taplab;

import io.github.taplab.internal.green.LastGreen;
import io.github.taplab.internal.green.Sight;
import io.github.taplab.internal.green.TableLook;
import io.github.taplab.internal.green.Tables;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.node.DockerHostHandle;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The tests of a lab on its timeline. */
final class LabTimeline {

    // A node that is paused or hangs does not answer, and a passed test need not wait for that.
    // Evidence of a failed one takes longer than the same look beside it.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private LabTimeline() {}

    static void began(ExtensionContext test) {
        KeptLab.with(test, lab -> {
            lab.timeline().add(new TestBegan(Instant.now(), test.getUniqueId(), test.getDisplayName()));
        });
    }

    /**
     * Looks at the tables of the nodes where they are not known of an earlier run: when a test's method has passed, as
     * a failure of it is looked at, before what follows changes the network.
     */
    static void executed(ExtensionContext test) {
        if (test.getExecutionException().isPresent() || hasFailedInside(test)) {
            return;
        }
        KeptLab.with(test, lab -> {
            String of = Tables.of(lab.spec(), lab.timeline().steps(test.getUniqueId()));
            if (lastGreen(test).wantsTables(test.getUniqueId(), of)) {
                Map<String, List<String>> seen = look(lab).seenWithin(LOOK);
                test.getStore(LabLifecycle.NAMESPACE)
                        .put(Tables.class, new Tables(of, Instant.now().getEpochSecond(), seen));
            }
        });
    }

    /**
     * Notes how a test ended; of one that has passed what it saw is kept, to compare a later run with it. A factory has
     * failed where a dynamic test of it has, whatever JUnit says of it.
     */
    static void ended(ExtensionContext test, Optional<Throwable> failure) {
        Verdict verdict = hasFailedInside(test) ? Verdict.FAILED : verdict(failure);
        if (verdict == Verdict.FAILED) {
            ExtensionContext around = LabFailures.aroundDynamic(test);
            around.getStore(LabLifecycle.NAMESPACE).put(failedInside(around), true);
        }
        KeptLab.with(test, lab -> {
            lab.timeline().add(new TestEnded(Instant.now(), test.getUniqueId(), verdict));
            if (verdict == Verdict.PASSED) {
                Tables seen =
                        test.getStore(LabLifecycle.NAMESPACE).getOrDefault(Tables.class, Tables.class, Tables.NONE);
                lastGreen(test).keep(test.getUniqueId(), Sight.of(lab.timeline(), test.getUniqueId(), seen));
            }
            LabReport.ended(test, lab);
        });
    }

    /**
     * Begins to look at what a failed test sees otherwise than in its last green run.
     *
     * @return waits for the nodes, shortly, and says it
     */
    static Supplier<List<String>> differences(ExtensionContext test, RunningLab lab) {
        LastGreen green = lastGreen(test);
        if (!green.knows(test.getUniqueId())) {
            return List::of;
        }
        TableLook look = look(lab);
        return () -> green.differences(
                test.getUniqueId(),
                Sight.of(lab.timeline(), test.getUniqueId(), new Tables("", 0, look.seenWithin(LOOK))));
    }

    private static TableLook look(RunningLab lab) {
        return TableLook.begin(lab.running().stream()
                .filter(node -> node instanceof GuestHandle guest
                        ? guest.hasCommandPort()
                        : !(node instanceof DockerHostHandle))
                .toList());
    }

    private static boolean hasFailedInside(ExtensionContext test) {
        return test.getStore(LabLifecycle.NAMESPACE).get(failedInside(test)) != null;
    }

    // A Store also finds what is in those around it: the key is one test's.
    private static Object failedInside(ExtensionContext test) {
        return LabTimeline.class.getName() + test.getUniqueId();
    }

    private static LastGreen lastGreen(ExtensionContext test) {
        return new LastGreen(SessionStart.of(test).settings().cache().resolve("green"));
    }

    private static Verdict verdict(Optional<Throwable> failure) {
        return failure.map(thrown -> thrown instanceof TestAbortedException ? Verdict.ABORTED : Verdict.FAILED)
                .orElse(Verdict.PASSED);
    }
}
