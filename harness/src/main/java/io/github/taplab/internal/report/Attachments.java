package io.github.taplab.internal.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All attachments of a report, wherever they are in it. */
final class Attachments {

    private Attachments() {}

    /** What becomes of each. */
    interface Change {

        Attachment apply(Attachment attachment) throws IOException;
    }

    static RunReport changed(RunReport report, Change change) throws IOException {
        List<ClassReport> classes = new ArrayList<>();
        for (ClassReport one : report.classes()) {
            List<TestReport> tests = new ArrayList<>();
            for (TestReport test : one.tests()) {
                tests.add(test.with(changed(test.material(), change)));
            }
            classes.add(one.with(changed(one.material(), change), tests));
        }
        return report.withClasses(classes);
    }

    private static Material changed(Material material, Change change) throws IOException {
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment each : material.attachments()) {
            attachments.add(change.apply(each));
        }
        return new Material(material.steps(), material.pictures(), material.sections(), attachments);
    }
}
