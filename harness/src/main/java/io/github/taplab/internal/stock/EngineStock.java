package io.github.taplab.internal.stock;

import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.ContainerUse;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.docker.StoredImage;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.snapshot.Snapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an engine has that carries Taplab's labels, and what its containers need.
 *
 * @param images also those that somebody has built on one of Taplab's: a label is inherited
 * @param stages what builds have left of stages, and images that were built with them
 * @param volumes of snapshots and guest images
 * @param created when volumes were made, by name, where that is known
 * @param use what containers need, whosever they are
 */
record EngineStock(
        List<StoredImage> images,
        List<StoredImage> stages,
        List<LabelledVolume> volumes,
        Map<String, Instant> created,
        ContainerUse use) {

    EngineStock {
        images = List.copyOf(images);
        // One with a name is somebody's, and an image itself has an empty label.
        stages = stages.stream()
                .filter(image -> image.tags().isEmpty() && !stage(image).isEmpty())
                .toList();
        volumes = List.copyOf(volumes);
        created = Map.copyOf(created);
    }

    static EngineStock of(DockerEngine docker) {
        List<LabelledVolume> volumes = new ArrayList<>();
        for (String label : List.of(Snapshots.WHOLE_LABEL, Snapshots.FILES_LABEL, DiskImages.VOLUME_LABEL)) {
            volumes.addAll(docker.volumes().with(label));
        }
        Map<String, Instant> created = new HashMap<>();
        for (LabelledVolume volume : volumes) {
            docker.volumes().created(volume.name()).ifPresent(at -> created.put(volume.name(), at));
        }
        List<StoredImage> images = docker.images().with(BuiltImage.NAME_LABEL);
        List<StoredImage> stages = docker.images().with(BuiltImage.STAGE_LABEL);
        // Last: what a lab has taken in the meantime is in use.
        return new EngineStock(
                images, stages, volumes, created, docker.containers().use());
    }

    /** When a volume was made; empty: that is not known. */
    Optional<Instant> created(LabelledVolume volume) {
        return Optional.ofNullable(created.get(volume.name()));
    }

    /** The images that Taplab has made. Its label alone says nothing: whoever builds on one of them inherits it. */
    List<StoredImage> own() {
        return images.stream().filter(image -> !ownTags(image).isEmpty()).toList();
    }

    /** The names that Taplab gives its images; others on the same image are somebody else's. */
    static List<String> ownTags(StoredImage image) {
        String name = image.labels().getOrDefault(BuiltImage.NAME_LABEL, "");
        return image.tags().stream()
                .filter(tag -> !name.isEmpty()
                        && tag.startsWith("taplab/%s:".formatted(name))
                        && tag.substring(tag.indexOf(':') + 1).matches("[0-9a-f]{12}"))
                .toList();
    }

    /** Of which stage of which image something was left. */
    static String stage(StoredImage image) {
        return image.labels().getOrDefault(BuiltImage.STAGE_LABEL, "");
    }

    List<LabelledVolume> with(String label) {
        return volumes.stream()
                .filter(volume -> volume.labels().containsKey(label))
                .toList();
    }

    /** Names of all volumes. */
    Set<String> names() {
        return volumes.stream().map(LabelledVolume::name).collect(Collectors.toSet());
    }

    /** Whether a container has one of these volumes. */
    boolean usesVolume(String... names) {
        return Stream.of(names).anyMatch(use.volumes()::contains);
    }

    /** Whether a container runs from this image. */
    boolean usesImage(String id) {
        return use.images().contains(id);
    }

    /** Whether a container of any lab is there. */
    boolean hasLabs() {
        return own().stream().map(StoredImage::id).anyMatch(this::usesImage);
    }
}
