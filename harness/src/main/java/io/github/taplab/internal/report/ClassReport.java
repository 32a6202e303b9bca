package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test class, or one of several invocations of it.
 *
 * @param id JUnit's unique id
 * @param name its display name, after those of the classes around it
 * @param className in full; empty where there is none
 * @param run of a merged page: which of its runs; otherwise empty
 * @param reason why it was skipped; otherwise empty
 * @param phases of its lab's start
 * @param failure of the class itself, such as of its lab's start
 * @param material what was seen outside of its tests
 */
public record ClassReport(
        String id,
        String name,
        String className,
        String run,
        Verdict verdict,
        Instant began,
        Duration took,
        String reason,
        List<PhaseReport> phases,
        @Nullable FailureReport failure,
        Material material,
        List<TestReport> tests) {

    public ClassReport {
        phases = List.copyOf(phases);
        tests = List.copyOf(tests);
    }

    /**
     * A part of the lab's start.
     *
     * @param what such as {@code network}
     */
    public record PhaseReport(String what, Duration took) {}

    ClassReport with(Material other, List<TestReport> others) {
        return new ClassReport(id, name, className, run, verdict, began, took, reason, phases, failure, other, others);
    }

    ClassReport ofRun(String other) {
        return new ClassReport(
                id, name, className, other, verdict, began, took, reason, phases, failure, material, tests);
    }

    /** The same after an earlier attempt: the last one counts, and of what was not run again the one before stays. */
    ClassReport after(ClassReport earlier) {
        Map<String, TestReport> last = new LinkedHashMap<>();
        earlier.tests.forEach(test -> last.put(test.id(), test));
        tests.forEach(test -> last.put(test.id(), test));
        List<TestReport> all = List.copyOf(last.values());
        Verdict own = failure != null ? Verdict.FAILED : reason.isEmpty() ? Verdict.PASSED : Verdict.ABORTED;
        return new ClassReport(
                id,
                name,
                className,
                run,
                ReportTree.verdict(own, all),
                earlier.began,
                earlier.took.plus(took),
                reason,
                phases,
                failure,
                material,
                all);
    }

    public boolean failed() {
        return verdict == Verdict.FAILED;
    }

    public boolean passed() {
        return verdict == Verdict.PASSED;
    }
}
