package io.github.taplab.internal.disk;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.wait.Suppressed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
    private final Optional<DiskImage> base;

    /**
     * A volume that may or may not be there.
     *
     * @param docker the engine
     * @param name of the volume; it says what is in it, to the bit
     * @param base what its image is a change of
     */
    DiskVolume(DockerEngine docker, String name, Optional<DiskImage> base) {
        this.docker = docker;
        this.name = name;
        this.base = base;
    }

    /**
     * The containers that fill it.
     *
     * @param lab id of the lab image
     * @param container their name
     * @param labels of them
     */
    record Filling(String lab, String container, Map<String, String> labels) {

        Filling {
            labels = Map.copyOf(labels);
        }
    }

    String name() {
        return name;
    }

    /**
     * Fills the volume, unless that has been done.
     *
     * @param copies brings the image from another engine, if one has it
     * @param maker asked only if the image has to be made: sees to the image of the container that does it
     * @param writer makes the file of the path that it is given
     * @return the image's digest
     */
    String fill(Filling filling, DiskCopies copies, Supplier<String> maker, Writer writer) {
        docker.volumes().ensure(name, labels());
        try {
            Optional<String> there = lookedOrBrought(filling, copies);
            return there.isPresent() ? there.get() : made(filling, maker.get(), writer);
        } catch (NotWrittenException e) {
            // Only now is it known that there is no image. A container that can't look at one says nothing of it.
            remove(e.reason);
            throw e.reason;
        }
    }

    private Optional<String> lookedOrBrought(Filling filling, DiskCopies copies) throws NotWrittenException {
        String folder = DiskImage.folder(name);
        try (LeasedContainer filler = started(filling, filling.lab())) {
            if (isWhole(filler, folder)) {
                return Optional.of(digest(filler, folder));
            }
            for (DiskCopies.Found found : copies.with(name, base)) {
                if (isBrought(copies, found, filler)) {
                    return Optional.of(digest(filler, folder));
                }
            }
            return Optional.empty();
        }
    }

    private boolean isBrought(DiskCopies copies, DiskCopies.Found found, LeasedContainer filler)
            throws NotWrittenException {
        String folder = DiskImage.folder(name);
        try {
            removePartial(filler, folder);
            String digest = copies.bring(found, name, base, filler, PARTIAL.substring(1));
            publish(filler, folder, digest);
            return true;
        } catch (InterruptedWaitException e) {
            throw new NotWrittenException(e);
        } catch (RuntimeException e) {
            copies.tell(found, name, e);
            return false;
        }
    }

    private String made(Filling filling, String image, Writer writer) throws NotWrittenException {
        String folder = DiskImage.folder(name);
        try (LeasedContainer filler = started(filling, image)) {
            // Another machine's run may have been faster.
            if (!isWhole(filler, folder)) {
                write(filler, folder, writer);
            }
            return digest(filler, folder);
        }
    }

    private LeasedContainer started(Filling filling, String image) {
        List<VolumeMount> mounts = new ArrayList<>(base.map(DiskImage::volumes).orElse(List.of()));
        mounts.add(new VolumeMount(name, DiskImage.folder(name), false));
        return docker.containers()
                .startReady(ContainerRequest.withoutNetwork(filling.container(), image, mounts, filling.labels()));
    }

    private Map<String, String> labels() {
        return base.map(on ->
                        Map.of(LABEL, name, BASE_LABEL, on.volumes().get(0).volume()))
                .orElseGet(() -> Map.of(LABEL, name));
    }

    static boolean isWhole(LeasedContainer filler, String folder) {
        CommandResult there =
                filler.exec(filler.name(), LOOK, List.of("test", "-e", folder + IMAGE, "-a", "-e", folder + DIGEST));
        // Any other code than these two is no answer.
        return there.exitCode() != NOT_THERE && there.orThrow().succeeded();
    }

    private static void write(LeasedContainer filler, String folder, Writer writer) throws NotWrittenException {
        try {
            removePartial(filler, folder);
            writer.write(filler, folder + PARTIAL);
            String digest = filler.exec(filler.name(), READ, List.of("sh", "-c", "sha256sum <" + folder + PARTIAL))
                    .orThrow()
                    .text()
                    .split(" ", 2)[0];
            publish(filler, folder, digest);
        } catch (RuntimeException e) {
            throw new NotWrittenException(e);
        }
    }

    // What a run that was killed left, or a copy that broke off.
    private static void removePartial(LeasedContainer filler, String folder) {
        filler.exec(filler.name(), LOOK, List.of("rm", "-f", folder + PARTIAL)).orThrow();
    }

    private static void publish(LeasedContainer filler, String folder, String digest) {
        filler.exec(filler.name(), LOOK, List.of("sh", "-c", "echo '%s  image' >%s".formatted(digest, folder + DIGEST)))
                .orThrow();
        filler.exec(filler.name(), LOOK, List.of("mv", folder + PARTIAL, folder + IMAGE))
                .orThrow();
    }

    static String digest(LeasedContainer filler, String folder) {
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
            Suppressed.add(reason, e);
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
