package io.github.taplab.internal.docker;

import java.time.Instant;
import java.util.Map;

/**
 * A container that carries a label.
 *
 * @param id Docker's
 * @param name for people
 * @param labels all of them
 * @param created by the engine's clock
 */
public record LabelledContainer(String id, String name, Map<String, String> labels, Instant created) {

    public LabelledContainer {
        labels = Map.copyOf(labels);
    }
}
