package io.github.taplab.internal.docker;

import java.time.Instant;
import java.util.Map;

/**
 * A network that carries a label.
 *
 * @param id Docker's
 * @param name for people
 * @param labels all of them
 * @param created by the engine's clock
 * @param unused whether no container is attached
 */
public record LabelledNetwork(String id, String name, Map<String, String> labels, Instant created, boolean unused) {

    public LabelledNetwork {
        labels = Map.copyOf(labels);
    }
}
