package io.github.taplab.internal.report;

import io.github.taplab.internal.report.Outcomes.Outcome;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The classes of a run that had labs, with their tests, out of JUnit's tree: there a test may be below containers of
 * its method, and a class below another one, or below its own invocations.
 */
final class ReportTree {

    private static final String IN = " › ";

    private final TestPlan plan;
    private final Outcomes outcomes;
    private final ReportBuilder builder;
    private final List<ClassReport> classes = new ArrayList<>();
    private final List<String> withoutLab = new ArrayList<>();

    private ReportTree(TestPlan plan, Outcomes outcomes, ReportBuilder builder) {
        this.plan = plan;
        this.outcomes = outcomes;
        this.builder = builder;
    }

    static ReportTree of(TestPlan plan, Outcomes outcomes, ReportBuilder builder) {
        ReportTree tree = new ReportTree(plan, outcomes, builder);
        plan.getRoots().forEach(engine -> plan.getChildren(engine).forEach(each -> tree.addClass(each, "")));
        tree.classes.sort(Comparator.comparing(ClassReport::began));
        return tree;
    }

    List<ClassReport> classes() {
        return List.copyOf(classes);
    }

    /** The unique ids of tests that ran and are not among them. */
    List<String> withoutLab() {
        return List.copyOf(withoutLab);
    }

    private void addClass(TestIdentifier part, String around) {
        String name = around + part.getDisplayName();
        List<TestIdentifier> children = plan.getChildren(part).stream().toList();
        List<TestReport> tests = children.stream()
                .filter(ReportTree::isOfMethod)
                .flatMap(child -> tests(child, ""))
                .sorted(Comparator.comparing(TestReport::began))
                .toList();
        boolean hadLab = builder.handedIn(part.getUniqueId()).isPresent()
                || tests.stream().anyMatch(test -> builder.handedIn(test.id()).isPresent());
        if (hadLab) {
            classes.add(classReport(part, name, tests));
        } else {
            tests.stream().map(TestReport::id).filter(outcomes::has).forEach(withoutLab::add);
        }
        children.stream().filter(child -> !isOfMethod(child)).forEach(child -> addClass(child, name + IN));
    }

    private static boolean isOfMethod(TestIdentifier part) {
        return part.isTest()
                || part.getSource().filter(MethodSource.class::isInstance).isPresent();
    }

    private Stream<TestReport> tests(TestIdentifier part, String around) {
        String name = around + part.getDisplayName();
        Stream<TestReport> below = plan.getChildren(part).stream().flatMap(child -> tests(child, name + IN));
        Outcome outcome = outcomes.of(part.getUniqueId());
        // A container of tests says something only where it failed by itself, was skipped, or saw something, as a
        // factory may before its dynamic tests.
        boolean says = part.isTest()
                || builder.handedIn(part.getUniqueId()).isPresent()
                || (outcomes.has(part.getUniqueId()) && outcome.verdict() != Verdict.PASSED);
        return says ? Stream.concat(Stream.of(testReport(part, name, outcome)), below) : below;
    }

    private TestReport testReport(TestIdentifier part, String name, Outcome outcome) {
        return new TestReport(
                part.getUniqueId(),
                name,
                outcome.verdict(),
                outcome.began(),
                outcome.took(),
                outcome.reason(),
                outcome.failure(),
                builder.handedIn(part.getUniqueId()).map(Gathered::material).orElse(Material.NONE));
    }

    private ClassReport classReport(TestIdentifier part, String name, List<TestReport> tests) {
        Outcome outcome = outcomes.of(part.getUniqueId());
        return new ClassReport(
                part.getUniqueId(),
                name,
                part.getSource()
                        .filter(ClassSource.class::isInstance)
                        .map(source -> ((ClassSource) source).getClassName())
                        .orElse(""),
                "",
                verdict(outcome.verdict(), tests),
                outcome.began(),
                outcome.took(),
                outcome.reason(),
                builder.handedIn(part.getUniqueId()).map(Gathered::phases).orElse(List.of()),
                outcome.failure(),
                builder.handedIn(part.getUniqueId()).map(Gathered::material).orElse(Material.NONE),
                tests);
    }

    /** That of a class whose own is given. */
    static Verdict verdict(Verdict own, List<TestReport> tests) {
        if (own != Verdict.PASSED) {
            return own;
        }
        if (tests.stream().anyMatch(TestReport::failed)) {
            return Verdict.FAILED;
        }
        boolean allAborted = !tests.isEmpty() && tests.stream().allMatch(test -> test.verdict() == Verdict.ABORTED);
        return allAborted ? Verdict.ABORTED : Verdict.PASSED;
    }
}
