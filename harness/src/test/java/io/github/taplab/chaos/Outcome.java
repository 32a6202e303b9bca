package io.github.taplab.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a round.
 *
 * @param hit whether there was something to do the fault to; if not, it was too late or too early for it
 * @param state which state the lab was really in, in words
 * @param parts what the JVM told of its parts
 * @param verdict from the fault to the verdict; empty: none came
 * @param end from the verdict to the JVM's end; empty: it did not end by itself
 * @param leaks what it left
 */
record Outcome(
        boolean hit,
        String state,
        List<Part> parts,
        Optional<Duration> verdict,
        Optional<Duration> end,
        List<String> leaks) {

    Outcome {
        parts = List.copyOf(parts);
        leaks = List.copyOf(leaks);
    }

    /** The first part that did not pass. */
    Optional<Part> trouble() {
        return parts.stream().filter(part -> !part.passed()).findFirst();
    }

    boolean isGreen() {
        return trouble().isEmpty()
                && parts.stream().anyMatch(Part::isTest)
                && parts.stream().anyMatch(Part::isClass);
    }
}
