package io.github.taplab.internal.timeline;

import io.github.taplab.internal.timeline.Event.Phase;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.internal.timeline.Event.TestEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A timeline as lines, each with its moment, counted from the first. */
public final class TimelineText {

    private static final int RESULT_LINES = 8;

    private TimelineText() {}

    /** All of it; of a timeline with too many steps, how many are missing. */
    public static String of(Timeline timeline) {
        String lines = of(timeline.events());
        return timeline.leftOut() == 0
                ? lines
                : "%s%n… %d steps more, which are not kept".formatted(lines, timeline.leftOut());
    }

    /** All events, a line or some each, in the order in which they began. */
    static String of(List<Event> events) {
        List<Event> ordered =
                events.stream().sorted(Comparator.comparing(Event::at)).toList();
        return ordered.stream()
                .map(event -> line(ordered.get(0).at(), event))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(Instant zero, Event event) {
        return "%9.3f s  %s".formatted(Duration.between(zero, event.at()).toNanos() / 1e9, words(event));
    }

    private static String words(Event event) {
        if (event instanceof Phase phase) {
            return "start: %s, %d ms".formatted(phase.what(), phase.took().toMillis());
        }
        if (event instanceof TestBegan test) {
            return "test begins: " + test.name();
        }
        if (event instanceof TestEnded test) {
            return "test has " + test.verdict().name().toLowerCase(Locale.ROOT);
        }
        return event instanceof Step step ? words(step) : event.toString();
    }

    private static String words(Step step) {
        List<String> lines = step.result().lines().toList();
        String result = lines.size() <= 1
                ? step.result()
                : lines.stream()
                                .limit(RESULT_LINES)
                                .map("%n                 %s"::formatted)
                                .collect(Collectors.joining())
                        + (lines.size() > RESULT_LINES
                                ? "%n                 … %d lines more".formatted(lines.size() - RESULT_LINES)
                                : "");
        return "%s: %s, %d ms%s: %s"
                .formatted(step.node(), step.call(), step.took().toMillis(), step.failed() ? ", failed" : "", result);
    }
}
