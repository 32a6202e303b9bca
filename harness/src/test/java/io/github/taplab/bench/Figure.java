package io.github.taplab.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one thing.
 *
 * @param name such as {@code class.ready.warm}
 * @param values milliseconds, one a sample
 * @param floors the same of its floor
 * @param more other figures, by their names
 */
record Figure(String name, List<Double> values, List<Double> floors, List<Other> more) {

    /** A figure that is no time: {@code mib} or {@code failures}. */
    record Other(String name, double value) {}

    Figure {
        values = List.copyOf(values);
        floors = List.copyOf(floors);
        more = List.copyOf(more);
    }

    double value() {
        return median(values);
    }

    /** Empty: it has none. */
    Optional<Double> floor() {
        return floors.isEmpty() ? Optional.empty() : Optional.of(median(floors));
    }

    Optional<Double> ratio() {
        return floor().map(floor -> value() / floor);
    }

    /** The one in the middle, or halfway between the two there. */
    static double median(Collection<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("There is no median of nothing");
        }
        List<Double> sorted = new ArrayList<>(samples);
        sorted.sort(null);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
