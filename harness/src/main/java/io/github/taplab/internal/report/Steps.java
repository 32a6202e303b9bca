package io.github.taplab.internal.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The steps of a test that a page has room for: the last ones, since there it was when it failed. */
final class Steps {

    private static final int LONGEST_RESULT = 4_000;
    private static final int MOST = 300;

    private Steps() {}

    /**
     * As many as are paid for.
     *
     * @param more takes what the others, and long results, say in full
     */
    static List<StepReport> fit(List<StepReport> steps, Purse purse, List<Attachment> more) {
        Deque<StepReport> kept = new ArrayDeque<>();
        List<StepReport> shortened = new ArrayList<>();
        for (int i = steps.size() - 1; i >= 0 && kept.size() < MOST; i--) {
            StepReport step = steps.get(i);
            StepReport fitting = step.withResult(Cut.after(LONGEST_RESULT, step.result()));
            if (!purse.pays(cost(fitting))) {
                break;
            }
            if (!step.sequence().isEmpty() && !purse.pays(Cost.of(step.sequence()))) {
                more.add(
                        Attachment.ofText("packets-of-step-%d.svg".formatted(i + 1), "image/svg+xml", step.sequence()));
                fitting = fitting.withSequence("");
            }
            if (!fitting.result().equals(step.result())) {
                shortened.add(0, step);
            }
            kept.addFirst(fitting);
        }
        if (kept.size() < steps.size() || !shortened.isEmpty()) {
            List<StepReport> inFull = kept.size() < steps.size() ? steps : shortened;
            more.add(Attachment.ofText("steps.txt", "text/plain", text(inFull)));
        }
        return List.copyOf(kept);
    }

    private static long cost(StepReport step) {
        return Cost.of(step.node() + step.call()) + Cost.of(step.result());
    }

    private static String text(List<StepReport> steps) {
        return steps.stream()
                .map(step -> "%s %s %s%s%n%s%n"
                        .formatted(step.at(), step.node(), step.call(), step.failed() ? " failed" : "", step.result()))
                .collect(Collectors.joining("\n"));
    }
}
