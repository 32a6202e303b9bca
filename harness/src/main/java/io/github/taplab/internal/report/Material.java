package io.github.taplab.internal.report;

import java.util.List;

/**
 * What was seen of a lab during a test, or beside all tests.
 *
 * @param pictures the lab's drawing first
 * @param sections evidence: consoles, tables, logs
 */
public record Material(
        List<StepReport> steps, List<Picture> pictures, List<Section> sections, List<Attachment> attachments) {

    static final Material NONE = new Material(List.of(), List.of(), List.of(), List.of());

    public Material {
        steps = List.copyOf(steps);
        pictures = List.copyOf(pictures);
        sections = List.copyOf(sections);
        attachments = List.copyOf(attachments);
    }

    /**
     * A drawing.
     *
     * @param title what it shows, also for those who can't see it
     */
    public record Picture(String title, String svg) {}

    /** Some text of a node, such as its console. */
    public record Section(String title, String text) {}

    public boolean isEmpty() {
        return steps.isEmpty() && pictures.isEmpty() && sections.isEmpty() && attachments.isEmpty();
    }
}
