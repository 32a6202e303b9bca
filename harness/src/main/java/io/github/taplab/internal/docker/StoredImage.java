package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image that an engine has.
 *
 * @param id Docker's
 * @param tags all names that it has
 * @param labels all that it carries, those of what it was built on too
 * @param bytes what it takes, with what it shares with others
 * @param created by the engine's clock
 */
public record StoredImage(String id, List<String> tags, Map<String, String> labels, long bytes, Instant created) {

    // Docker's word for one that has none.
    private static final String NO_TAG = "<none>:<none>";

    public StoredImage {
        tags = List.copyOf(tags);
        labels = Map.copyOf(labels);
    }

    static StoredImage of(Image image) {
        return new StoredImage(
                image.getId(),
                Optional.ofNullable(image.getRepoTags()).stream()
                        .flatMap(Stream::of)
                        .filter(tag -> !tag.equals(NO_TAG))
                        .toList(),
                Optional.ofNullable(image.getLabels()).orElse(Map.of()),
                Objects.requireNonNullElse(image.getSize(), 0L),
                Instant.ofEpochSecond(Objects.requireNonNullElse(image.getCreated(), 0L)));
    }
}
