package io.github.taplab;

import io.github.taplab.internal.diagnosis.SeenStations;
import io.github.taplab.internal.drawing.LabDrawing;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.evidence.Evidence;
import io.github.taplab.internal.evidence.StepSequences;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.report.Gathered;
import io.github.taplab.internal.report.ReportBuilder;
import io.github.taplab.internal.timeline.Event.Phase;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.node.Node;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the report of a run is told of a lab and its tests. */
final class LabReport {

    private static final Logger LOG = LoggerFactory.getLogger(LabReport.class);

    private LabReport() {}

    /** A lab that has started: how long its parts took, and a drawing of it. */
    static void started(ExtensionContext context, RunningLab lab) {
        ReportBuilder.in(context).ifPresent(builder -> builder.fact(lab.accelerator()));
        tell(context, report -> {
            lab.timeline().events().stream()
                    .filter(Phase.class::isInstance)
                    .map(Phase.class::cast)
                    .forEach(phase -> report.phase(phase.what(), phase.took()));
            List<String> running = lab.running().stream().map(Node::name).toList();
            draw(
                    report,
                    "The lab when it was ready",
                    lab,
                    lab.declaredStations().stream()
                            .filter(station -> running.contains(station.name()))
                            .toList());
        });
    }

    /** A test that is over: its steps, with the frames around them. */
    static void ended(ExtensionContext test, RunningLab lab) {
        List<Step> steps = lab.timeline().steps(test.getUniqueId());
        if (!steps.isEmpty()) {
            tell(
                    test,
                    report -> new StepSequences(
                                    lab.declaredStations(),
                                    lab.rings().since(steps.get(0).at()))
                            .of(steps)
                            .forEach(report::step));
        }
    }

    /** Something that has failed: what was seen then, and a drawing of the lab as it was. */
    static void failed(ExtensionContext context, RunningLab lab, Evidence evidence) {
        tell(context, report -> {
            draw(report, "The lab when it failed", lab, SeenStations.of(lab.running()));
            evidence.addTo(report);
        });
    }

    /** A lab that could not start, and is gone. */
    static void notStarted(ExtensionContext context, Evidence evidence) {
        tell(context, evidence::addTo);
    }

    private static void draw(Gathered report, String title, RunningLab lab, List<Station> stations) {
        report.drawing(title, new LabDrawing(lab.subnet().toString(), stations).svg());
    }

    // No verdict depends on it.
    private static void tell(ExtensionContext context, Consumer<Gathered> seen) {
        try {
            ReportBuilder.in(context)
                    .map(builder -> builder.of(context.getUniqueId()))
                    .ifPresent(seen);
        } catch (RuntimeException e) {
            LOG.warn("The report says less of {}: {}", context.getDisplayName(), e.getMessage(), e);
        }
    }
}
