package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a page tells: a run, or several that were merged.
 *
 * @param title such as the name of the project
 * @param took from its first class to its last
 * @param machine where it ran, such as {@code JDK 17.0.15, Docker 20.10, TCG, 2 cores}
 * @param withoutLab how many tests ran that have no lab, and so are not on the page
 * @param classes in the order in which they began
 * @param build the run of a build tool of whose JVMs this is one, as {@link Fork} has it; empty: none is known
 */
public record RunReport(
        String title,
        Instant began,
        Duration took,
        String machine,
        int withoutLab,
        List<ClassReport> classes,
        String build) {

    public RunReport {
        classes = List.copyOf(classes);
    }

    RunReport withClasses(List<ClassReport> others) {
        return new RunReport(title, began, took, machine, withoutLab, others, build);
    }

    /** The same run after another JVM of it, whose classes come first. */
    RunReport after(RunReport earlier) {
        return new RunReport(
                title,
                earlier.began,
                earlier.took.plus(took),
                earlier.machine.equals(machine) ? machine : earlier.machine + "; " + machine,
                earlier.withoutLab + withoutLab,
                joined(earlier.classes, classes),
                build);
    }

    /**
     * Classes, and after them those of a later plan; what is in both, since some of it was run again, is there once.
     */
    static List<ClassReport> joined(List<ClassReport> earlier, List<ClassReport> later) {
        Map<String, ClassReport> last = new LinkedHashMap<>();
        earlier.forEach(each -> last.put(each.id(), each));
        later.forEach(each -> last.merge(each.id(), each, (before, again) -> again.after(before)));
        return List.copyOf(last.values());
    }

    public boolean failed() {
        return classes.stream().anyMatch(ClassReport::failed);
    }

    /** How many of its tests came to a verdict; a class that failed by itself counts as one that failed. */
    public int count(Verdict verdict) {
        return (int) classes.stream()
                .flatMap(each -> Stream.concat(
                        each.tests().stream().map(TestReport::verdict),
                        each.failure() == null ? Stream.of() : Stream.of(Verdict.FAILED)))
                .filter(verdict::equals)
                .count();
    }
}
