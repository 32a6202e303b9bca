package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an engine's containers need, whosever they are and whatever they do.
 *
 * @param images ids
 * @param volumes names
 */
public record ContainerUse(Set<String> images, Set<String> volumes) {

    public ContainerUse {
        images = Set.copyOf(images);
        volumes = Set.copyOf(volumes);
    }

    static ContainerUse of(List<Container> containers) {
        return new ContainerUse(
                containers.stream()
                        .flatMap(container -> Optional.ofNullable(container.getImageId()).stream())
                        .collect(Collectors.toSet()),
                containers.stream()
                        .flatMap(container -> Optional.ofNullable(container.getMounts()).orElse(List.of()).stream())
                        .flatMap(mount -> Optional.ofNullable(mount.getName()).stream())
                        .collect(Collectors.toSet()));
    }
}
