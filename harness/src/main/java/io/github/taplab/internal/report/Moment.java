package io.github.taplab.internal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A failure, and where on the page it is.
 *
 * @param name the class's and the test's
 * @param anchor of the step that failed, or of the whole test
 * @param isStep which of the two
 * @param capture anchor of the files that were kept; empty: none were
 */
public record Moment(String name, FailureReport failure, String anchor, boolean isStep, String capture) {

    static List<Moment> of(RunReport report) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < report.classes().size(); i++) {
            ClassReport one = report.classes().get(i);
            if (one.failure() != null) {
                moments.add(of(one.name(), one.failure(), one.material(), "c" + i));
            }
            for (int j = 0; j < one.tests().size(); j++) {
                TestReport test = one.tests().get(j);
                if (test.failure() != null && test.failed()) {
                    moments.add(
                            of(one.name() + " › " + test.name(), test.failure(), test.material(), "c" + i + "t" + j));
                }
            }
        }
        return moments;
    }

    private static Moment of(String name, FailureReport failure, Material material, String anchor) {
        List<StepReport> steps = material.steps();
        // The last: a test that asks until the answer is right has others that failed before.
        int failed = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).failed())
                .reduce(-1, (before, last) -> last);
        return new Moment(
                name,
                failure,
                failed < 0 ? anchor : anchor + "s" + failed,
                failed >= 0,
                material.attachments().isEmpty() ? "" : anchor + "f");
    }
}
