package io.github.taplab.internal.report;

import io.github.taplab.internal.report.ClassReport.PhaseReport;
import io.github.taplab.internal.report.Material.Picture;
import io.github.taplab.internal.report.Material.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What has been handed in of one test, or one class, so far. */
public final class Gathered {

    private final List<PhaseReport> phases = new ArrayList<>();
    private final List<StepReport> steps = new ArrayList<>();
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();

    Gathered() {}

    /** A part of the lab's start; only of a class. */
    public synchronized Gathered phase(String what, Duration took) {
        phases.add(new PhaseReport(what, took));
        return this;
    }

    /** What was asked of a node, or done to it. */
    public synchronized Gathered step(StepReport step) {
        steps.add(step);
        return this;
    }

    /** A drawing of the lab as it was then, as SVG with nothing in it but shapes and text. */
    public synchronized Gathered drawing(String title, String svg) {
        pictures.add(new Picture(title, svg));
        return this;
    }

    /** What a node has shown, such as the text of its console. */
    public synchronized Gathered evidence(String title, String text) {
        sections.add(new Section(title, text));
        return this;
    }

    /** A file, such as a capture or a screenshot. */
    public synchronized Gathered attachment(String name, String mediaType, byte[] bytes) {
        attachments.add(Attachment.of(name, mediaType, bytes));
        return this;
    }

    synchronized List<PhaseReport> phases() {
        return List.copyOf(phases);
    }

    synchronized Material material() {
        List<StepReport> inOrder =
                steps.stream().sorted(Comparator.comparing(StepReport::at)).toList();
        return new Material(inOrder, pictures, sections, attachments);
    }
}
