package io.github.taplab.internal.docker;

import java.util.Map;

/**
 * A volume of the engine's.
 *
 * @param name its name
 * @param labels all that it carries
 */
public record LabelledVolume(String name, Map<String, String> labels) {

    public LabelledVolume {
        labels = Map.copyOf(labels);
    }
}
