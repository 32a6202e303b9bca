package io.github.taplab.internal.stock;

import io.github.taplab.internal.docker.StoredImage;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import java.util.Map;
import java.util.Set;

/**
 * Which images are those of this version.
 *
 * @param tags of the images that the settings ask for
 * @param madeOf by name, what each image is made of: other settings make other images of it, which are as current
 */
record Versions(Set<String> tags, Map<String, String> madeOf) {

    Versions {
        tags = Set.copyOf(tags);
        madeOf = Map.copyOf(madeOf);
    }

    static Versions of(BuiltImages images) {
        return new Versions(images.tags(), images.madeOf());
    }

    boolean isCurrent(StoredImage image) {
        String name = image.labels().getOrDefault(BuiltImage.NAME_LABEL, "");
        String context = image.labels().getOrDefault(BuiltImage.CONTEXT_LABEL, "");
        return image.tags().stream().anyMatch(tags::contains)
                || (!context.isEmpty() && context.equals(madeOf.get(name)));
    }
}
