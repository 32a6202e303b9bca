package io.github.taplab;

import io.github.taplab.Declarations.Declaration;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.evidence.SeenAtStart;
import io.github.taplab.internal.junit.LabPermits;
import io.github.taplab.internal.junit.OneThread;
import io.github.taplab.internal.junit.Parallelism;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.Placer;
import io.github.taplab.node.Undo;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The start of a lab for a class or a method, whose Store keeps it from then on. */
final class LabStart {

    private LabStart() {}

    static RunningLab of(ExtensionContext context, Declaration declaration) {
        SessionStart session = SessionStart.of(context);
        try {
            KeptLab kept = open(context, declaration, session);
            context.getStore(LabLifecycle.NAMESPACE).put(KeptLab.class, kept);
            LabReport.started(context, kept.lab());
            return kept.lab();
        } catch (LabUnavailableException e) {
            if (session.settings().required()) {
                throw new IllegalStateException("No lab can run here: " + e.getMessage(), e);
            }
            throw new TestAbortedException(e.skipReason(), e);
        } catch (RuntimeException | Error e) {
            SeenAtStart.in(e).ifPresent(evidence -> {
                evidence.publish(context);
                LabReport.notStarted(context, evidence);
            });
            throw e;
        }
    }

    private static KeptLab open(ExtensionContext context, Declaration declaration, SessionStart session) {
        Placer<RunningLab> placer = session.placerOrThrow();
        // A lab inside another one opens with that one's permit: the outer one can't close before it.
        boolean inside = context.getStore(LabLifecycle.NAMESPACE).get(KeptLab.class) != null;
        Undo permit = inside ? () -> {} : permit(context, session.progressOrThrow());
        try {
            // For the same reason it does not wait for memory, which that one keeps; and who keeps a thread from other
            // tests of its class could wait for itself.
            boolean mayWait = !inside && OneThread.executes(context);
            return new KeptLab(
                    placer.place(PlannedLabs.request(context.getRequiredTestClass(), declaration), mayWait),
                    permit,
                    lab -> HeldLab.atEnd(context, lab));
        } catch (RuntimeException | Error e) {
            try (permit) {
                throw e;
            }
        }
    }

    private static Undo permit(ExtensionContext context, Progress progress) {
        Progress.Step step = progress.begin(
                () -> "%s waits until one of the labs that are open closes".formatted(context.getDisplayName()));
        try (step) {
            return permits(context).take(context);
        }
    }

    private static LabPermits permits(ExtensionContext context) {
        return context.getRoot()
                .getStore(LabLifecycle.NAMESPACE)
                .getOrComputeIfAbsent(
                        LabPermits.class,
                        unused -> new LabPermits(Parallelism.of(context::getConfigurationParameter)),
                        LabPermits.class);
    }
}
