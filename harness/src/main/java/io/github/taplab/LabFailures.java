package io.github.taplab;

import io.github.taplab.internal.diagnosis.Diagnosis;
import io.github.taplab.internal.evidence.BrokenNode;
import io.github.taplab.internal.evidence.Evidence;
import io.github.taplab.internal.evidence.Section;
import io.github.taplab.internal.lab.RunningLab;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** What becomes of a failure in a lab: the verdict, its causes, and evidence, while all is as it was then. */
final class LabFailures {

    private LabFailures() {}

    /**
     * Keeps evidence of what has failed in a lab, a test or a method around it, while that still is as it was then.
     *
     * @return what it has failed with, and what in the lab may be the cause; of a lab that is broken this instead,
     *     since its network is in no verdict then
     */
    static Throwable failed(ExtensionContext context, Throwable failure) {
        Throwable verdict = verdict(context, failure);
        boolean first = isFirst(context, verdict);
        if (first) {
            keepEvidence(context);
        }
        Throwable told = verdict instanceof AssertionError assertion
                ? KeptLab.look(context, lab -> Diagnosis.explained(assertion, lab.running()))
                        .orElse(assertion)
                : verdict;
        if (first) {
            hold(context, told);
        }
        return told;
    }

    /** What has failed elsewhere, in another extension for example: evidence of it, and time to look at it. */
    static void elsewhere(ExtensionContext context, Throwable failure) {
        if (isFirst(context, failure)) {
            keepEvidence(context);
            hold(context, failure);
        }
    }

    /** The context of a dynamic test's factory, past containers; of whatever else its own. */
    static ExtensionContext aroundDynamic(ExtensionContext context) {
        ExtensionContext around = context;
        // JUnit gives neither a class nor a method to what is dynamic.
        while (around.getTestClass().isEmpty() && around.getParent().isPresent()) {
            around = around.getParent().get();
        }
        return around;
    }

    // What fails after something has failed may well follow from that, so the first look counts.
    private static boolean isFirst(ExtensionContext context, Throwable failure) {
        ExtensionContext around = aroundDynamic(context);
        Object seen = LabFailures.class.getName() + around.getUniqueId();
        if (failure instanceof TestAbortedException
                || around.getStore(LabLifecycle.NAMESPACE).get(seen) != null) {
            return false;
        }
        around.getStore(LabLifecycle.NAMESPACE).put(seen, true);
        return true;
    }

    private static void hold(ExtensionContext context, Throwable failure) {
        KeptLab.with(context, lab -> HeldLab.afterFailure(aroundDynamic(context), lab, failure));
    }

    private static Throwable verdict(ExtensionContext context, Throwable failure) {
        if (failure instanceof AssertionError assertion) {
            Optional<BrokenNode> broken = KeptLab.look(context, BrokenNode::in).flatMap(found -> found);
            if (broken.isPresent()) {
                return broken.get().instead(assertion);
            }
        }
        return failure;
    }

    private static void keepEvidence(ExtensionContext context) {
        KeptLab.with(context, lab -> {
            Evidence evidence = evidence(lab, context);
            LabReport.failed(context, lab, evidence);
            evidence.publish(context);
        });
    }

    private static Evidence evidence(RunningLab lab, ExtensionContext context) {
        Supplier<List<String>> different = LabTimeline.differences(context, lab);
        Evidence seen = Evidence.collect(lab);
        List<String> differences = different.get();
        return differences.isEmpty()
                ? seen
                : seen.with(new Section(
                        "what differs from the last green run", String.join(System.lineSeparator(), differences)));
    }
}
