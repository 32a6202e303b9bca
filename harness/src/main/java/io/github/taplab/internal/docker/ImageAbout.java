package io.github.taplab.internal.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an engine says of one of its images.
 *
 * @param id Docker's
 * @param architecture for which it is, as Docker calls it
 * @param labels all that it carries
 */
public record ImageAbout(String id, String architecture, Map<String, String> labels) {

    public ImageAbout {
        labels = Map.copyOf(labels);
    }

    static ImageAbout of(InspectImageResponse image) {
        return new ImageAbout(
                Objects.requireNonNullElse(image.getId(), ""),
                Objects.requireNonNullElse(image.getArch(), "unknown"),
                Optional.ofNullable(image.getConfig())
                        .map(config -> config.getLabels())
                        .orElse(Map.of()));
    }
}
