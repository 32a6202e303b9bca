package io.github.taplab.internal.report;

import io.github.taplab.internal.report.Material.Picture;
import io.github.taplab.internal.report.Material.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Keeps a page small enough to open at once and to send by mail: what was seen of failures has 5 MB in it, and what was
 * seen of a test that passed 20 kB, so that a class of ten of these stays below 300 kB. The rest is beside the page.
 * Steps and words come first, then pictures; files last, so that the packets of one failure leave room for the words of
 * another.
 */
final class Budget {

    private static final long FAILURES = 5_000_000;
    private static final long ONE_THAT_PASSED = 20_000;
    private static final long ALL_THAT_PASSED = 5_000_000;

    private final String folder;
    private final Map<String, Attachment> beside = new HashMap<>();
    private final Purse failures = new Purse(FAILURES);
    private final Purse passed = new Purse(ALL_THAT_PASSED);

    private Budget(String folder) {
        this.folder = folder;
    }

    /**
     * The report with as much as its page may hold.
     *
     * @param folder for the rest, seen from the page
     */
    static Fitted fit(RunReport report, String folder) {
        Budget budget = new Budget(folder);
        RunReport words = budget.each(report, budget::words);
        RunReport fitted = budget.each(words, budget::files);
        return new Fitted(fitted, budget.beside);
    }

    /** One pass over all material of a report. */
    private interface Pass {

        Material fit(Material material, Purse purse, String place);
    }

    private RunReport each(RunReport report, Pass pass) {
        List<ClassReport> classes = new ArrayList<>();
        for (int i = 0; i < report.classes().size(); i++) {
            ClassReport one = report.classes().get(i);
            String place = "c" + i;
            List<TestReport> tests = new ArrayList<>();
            for (int j = 0; j < one.tests().size(); j++) {
                TestReport test = one.tests().get(j);
                tests.add(test.with(pass.fit(test.material(), purse(test.failed()), place + "t" + j)));
            }
            classes.add(one.with(pass.fit(one.material(), purse(one.failure() != null), place), tests));
        }
        return report.withClasses(classes);
    }

    private Purse purse(boolean failed) {
        return failed ? failures : passed.of(ONE_THAT_PASSED);
    }

    private Material words(Material material, Purse purse, String place) {
        List<Attachment> more = new ArrayList<>();
        List<StepReport> steps = Steps.fit(material.steps(), purse, more);
        List<Picture> pictures = new ArrayList<>();
        for (Picture picture : material.pictures()) {
            if (purse.pays(Cost.of(picture.svg()))) {
                pictures.add(picture);
            } else {
                more.add(Attachment.ofText(picture.title() + ".svg", "image/svg+xml", picture.svg()));
            }
        }
        List<Section> sections = new ArrayList<>();
        for (Section section : material.sections()) {
            if (purse.pays(Cost.of(section.text()))) {
                sections.add(section);
            } else {
                more.add(Attachment.ofText(section.title() + ".txt", "text/plain", section.text()));
            }
        }
        List<Attachment> attachments = new ArrayList<>(material.attachments());
        more.forEach(each -> attachments.add(putBeside(each, place)));
        return new Material(steps, pictures, sections, attachments);
    }

    private Material files(Material material, Purse purse, String place) {
        UnaryOperator<Attachment> fit =
                each -> each.base64().isEmpty() || purse.pays(Cost.ofFile(each)) ? each : putBeside(each, place);
        return new Material(
                material.steps(),
                material.pictures(),
                material.sections(),
                material.attachments().stream().map(fit).toList());
    }

    private Attachment putBeside(Attachment attachment, String place) {
        String name = "%s/%s-%s".formatted(folder, place, Told.fileName(attachment.name()));
        String path = name;
        for (int i = 2; beside.containsKey(path); i++) {
            path = "%s/%s-%d-%s".formatted(folder, place, i, Told.fileName(attachment.name()));
        }
        beside.put(path, attachment);
        return attachment.beside(path);
    }
}
