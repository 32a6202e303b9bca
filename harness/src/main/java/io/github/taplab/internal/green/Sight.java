package io.github.taplab.internal.green;

import io.github.taplab.internal.timeline.Event.Phase;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Timeline;
import java.util.List;

/**
 * What one run of a test has seen of its lab, without what differs in each lab of its kind.
 *
 * @param steps what it asked, and what came of it
 * @param phases the parts of the lab's start up to then, without their times
 * @param tables of the lab's nodes
 */
public record Sight(List<Seen> steps, List<String> phases, Tables tables) {

    private static final int LONGEST_RESULT = 2000;

    /**
     * A step.
     *
     * @param step the node and the call
     * @param result what came of it
     */
    record Seen(String step, String result) {

        static Seen of(Step step) {
            String result = AnyLab.text(step.result());
            return new Seen(
                    call(step), result.length() > LONGEST_RESULT ? result.substring(0, LONGEST_RESULT) : result);
        }
    }

    public Sight {
        steps = List.copyOf(steps);
        phases = List.copyOf(phases);
    }

    /** What a test has seen so far. */
    public static Sight of(Timeline timeline, String test, Tables tables) {
        return new Sight(
                timeline.steps(test).stream().map(Seen::of).toList(),
                timeline.events().stream()
                        .filter(Phase.class::isInstance)
                        .map(phase -> ((Phase) phase).what())
                        .distinct()
                        .sorted()
                        .toList(),
                tables);
    }

    /** The same with other tables. */
    Sight with(Tables others) {
        return new Sight(steps, phases, others);
    }

    static String call(Step step) {
        return AnyLab.text(step.node() + ": " + step.call());
    }
}
