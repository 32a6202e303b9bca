package io.github.taplab.internal.disk;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A volume on the Docker host that holds one image. The image is there whole or not at all: it gets its name when it is
 * complete.
 */
final class DiskVolume {

    static final String LABEL = "io.github.taplab.disk";
    /** On an overlay's volume: the one of what it is based on. */
    static final String BASE_LABEL = "io.github.taplab.disk.base";

    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final String IMAGE = "/image";
    private static final String PARTIAL = "/image.partial";
    // For whoever wants to know whether a guest has written to it: sha256sum -c image.sha256.
    private static final String DIGEST = "/image.sha256";
    private static final int NOT_THERE = 1;
    private static final Duration READ = Duration.ofMinutes(5);

    private final DockerEngine docker;
    private final String name;

    /**
     * A volume that may or may not be there.
     *
     * @param docker the engine
     * @param name of the volume; it says what is in it, to the bit
     */
    DiskVolume(DockerEngine docker, String name) {
        this.docker = docker;
        this.name = name;
    }

    /**
     * Fills the volume, unless that has been done.
     *
     * @param image of the container that does it
     * @param container name of that container
     * @param labels of that container
     * @param writer makes the file of the path that it is given
     * @return the image's digest
     */
    String fill(String image, String container, Map<String, String> labels, List<VolumeMount> others, Writer writer) {
        docker.volumes().ensure(name, labels(others));
        String folder = DiskImage.folder(name);
        List<VolumeMount> mounts = new ArrayList<>(others);
        mounts.add(new VolumeMount(name, folder, false));
        ContainerRequest request = ContainerRequest.withoutNetwork(container, image, mounts, labels);
        try (LeasedContainer filler = docker.containers().start(request)) {
            filler.awaitReady();
            if (!isWhole(filler, folder)) {
                write(filler, folder, writer);
            }
            return digest(filler, folder);
        } catch (NotWrittenException e) {
            // Only now is it known that there is no image. A container that can't look at one says nothing of it.
            remove(e.reason);
            throw e.reason;
        }
    }

    private Map<String, String> labels(List<VolumeMount> others) {
        return others.isEmpty()
                ? Map.of(LABEL, name)
                : Map.of(LABEL, name, BASE_LABEL, others.get(0).volume());
    }

    private static boolean isWhole(LeasedContainer filler, String folder) {
        CommandResult there =
                filler.exec(filler.name(), LOOK, List.of("test", "-e", folder + IMAGE, "-a", "-e", folder + DIGEST));
        // Any other code than these two is no answer.
        return there.exitCode() != NOT_THERE && there.orThrow().succeeded();
    }

    private static void write(LeasedContainer filler, String folder, Writer writer) throws NotWrittenException {
        try {
            // What a run that was killed left.
            filler.exec(filler.name(), LOOK, List.of("rm", "-f", folder + PARTIAL))
                    .orThrow();
            writer.write(filler, folder + PARTIAL);
            String digest = filler.exec(filler.name(), READ, List.of("sh", "-c", "sha256sum <" + folder + PARTIAL))
                    .orThrow()
                    .text()
                    .split(" ", 2)[0];
            filler.exec(
                            filler.name(),
                            LOOK,
                            List.of("sh", "-c", "echo '%s  image' >%s".formatted(digest, folder + DIGEST)))
                    .orThrow();
            filler.exec(filler.name(), LOOK, List.of("mv", folder + PARTIAL, folder + IMAGE))
                    .orThrow();
        } catch (RuntimeException e) {
            throw new NotWrittenException(e);
        }
    }

    private static String digest(LeasedContainer filler, String folder) {
        return filler.exec(filler.name(), LOOK, List.of("cat", folder + DIGEST))
                .orThrow()
                .text()
                .split(" ", 2)[0];
    }

    private void remove(RuntimeException reason) {
        try {
            docker.volumes().remove(name);
        } catch (RuntimeException e) {
            // The next run writes over what is there: it has not got its name.
            reason.addSuppressed(e);
        }
    }

    /** Why there is still no image. */
    private static final class NotWrittenException extends Exception {

        private static final long serialVersionUID = 1L;

        private final RuntimeException reason;

        NotWrittenException(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Makes an image in a container that has the volume. */
    @FunctionalInterface
    interface Writer {

        void write(LeasedContainer container, String path);
    }
}
