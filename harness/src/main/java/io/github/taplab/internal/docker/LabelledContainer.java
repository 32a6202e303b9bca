package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Container;
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

    static LabelledContainer of(Container container) {
        return new LabelledContainer(
                container.getId(),
                nameOf(container),
                container.getLabels(),
                Instant.ofEpochSecond(container.getCreated()));
    }

    /** What to call a container: one that is being removed may be listed after its name was given up. */
    public static String nameOf(Container container) {
        String[] names = container.getNames();
        return names == null || names.length == 0 ? container.getId() : names[0].substring(1);
    }
}
