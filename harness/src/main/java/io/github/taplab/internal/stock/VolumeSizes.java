package io.github.taplab.internal.stock;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.session.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much volumes take on the Docker host's disk. An engine says so only together with the sizes of all that it has,
 * which can take it minutes; so a container looks that has these volumes, and can't write to them. Nobody can remove
 * one meanwhile.
 */
public final class VolumeSizes {

    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final String FOLDER = "/volumes/";

    private VolumeSizes() {}

    /**
     * Looks.
     *
     * @param image a lab image that is there
     */
    public static Map<String, ByteSize> of(DockerEngine docker, String image, List<String> volumes) {
        if (volumes.isEmpty()) {
            return Map.of();
        }
        Owner owner = Owner.thisProcess();
        List<VolumeMount> mounts = new ArrayList<>();
        List<String> du = new ArrayList<>(List.of("du", "--summarize", "--block-size=1"));
        for (int i = 0; i < volumes.size(); i++) {
            mounts.add(new VolumeMount(volumes.get(i), FOLDER + i, true));
            du.add(FOLDER + i);
        }
        ContainerRequest request =
                ContainerRequest.withoutNetwork(owner.resourceName("sizes"), image, mounts, owner.labels("sizes"));
        try (LeasedContainer container = docker.containers().start(request)) {
            container.awaitReady();
            return parse(container.exec("sizes", LOOK, du).orThrow().stdout(), volumes);
        } finally {
            volumes.forEach(volume -> removeIfMadeAnew(docker, volume));
        }
    }

    // One that somebody removed before the container was made, the engine has made anew for that, without a label.
    private static void removeIfMadeAnew(DockerEngine docker, String volume) {
        if (docker.volumes().labels(volume).filter(Map::isEmpty).isPresent()) {
            docker.volumes().remove(volume);
        }
    }

    /** Reads what {@code du} prints. */
    static Map<String, ByteSize> parse(String output, List<String> volumes) {
        Map<String, ByteSize> sizes = new HashMap<>();
        output.lines()
                .map(line -> line.split("\t" + FOLDER, 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts ->
                        sizes.put(volumes.get(Integer.parseInt(parts[1])), new ByteSize(Long.parseLong(parts[0]))));
        return sizes;
    }
}
