package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event;
import java.time.Duration;
import java.time.Instant;

/**
 * What a test asked of a node, or did to it.
 *
 * @param node such as {@code client}
 * @param call the verb with its arguments, such as {@code ping(198.18.0.4)}
 * @param result what came of it, in words or as it was printed
 * @param sequence the packets around it, as SVG; empty: none are shown
 */
public record StepReport(
        Instant at, Duration took, String node, String call, String result, boolean failed, String sequence) {

    /** Of what a lab's timeline has, and the packets around it. */
    public static StepReport of(Event.Step step, String sequence) {
        return new StepReport(step.at(), step.took(), step.node(), step.call(), step.result(), step.failed(), sequence);
    }

    StepReport withResult(String other) {
        return new StepReport(at, took, node, call, other, failed, sequence);
    }

    StepReport withSequence(String other) {
        return new StepReport(at, took, node, call, result, failed, other);
    }
}
