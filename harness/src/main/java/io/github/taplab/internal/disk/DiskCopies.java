package io.github.taplab.internal.disk;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.disk.DiskVolume.Filling;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FilesCopy;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Disk images that come from another engine of the session, which has made them or was given them. */
final class DiskCopies {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration COPY = Duration.ofMinutes(10);
    private static final String IMAGE = "image";

    private final List<DockerEngine> others;
    private final Filling filling;
    private final Consumer<String> progress;

    /**
     * From these engines.
     *
     * @param filling how the containers are called, there as here
     * @param progress told of each image that is brought, and of each that can't be
     */
    DiskCopies(List<DockerEngine> others, Filling filling, Consumer<String> progress) {
        this.others = List.copyOf(others);
        this.filling = filling;
        this.progress = progress;
    }

    /**
     * An engine that has the volume of an image, which need not be whole.
     *
     * @param lab id of the lab image there, which need not be the same
     */
    record Found(DockerEngine on, String lab) {}

    /** Those that have a volume, and what it takes to read it; one that does not answer has none. */
    List<Found> with(String volume, Optional<DiskImage> base) {
        return others.stream()
                .flatMap(other -> on(other, volume, base).stream())
                .toList();
    }

    private Optional<Found> on(DockerEngine other, String volume, Optional<DiskImage> base) {
        try {
            return Waiting.call(
                    "%s says whether it has an image".formatted(other.name()),
                    LOOK,
                    () -> Stream.concat(volumes(base).map(VolumeMount::volume), Stream.of(volume))
                                    .allMatch(
                                            each -> other.volumes().labels(each).isPresent())
                            ? other.images().id(filling.lab()).map(lab -> new Found(other, lab))
                            : Optional.empty());
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException silent) {
            return Optional.empty();
        }
    }

    private static Stream<VolumeMount> volumes(Optional<DiskImage> base) {
        return base.stream().flatMap(on -> on.volumes().stream());
    }

    /**
     * Copies an image.
     *
     * @param base what it is a change of; on the other engine it must be the same to the bit
     * @param to the container that has the volume of the same name here
     * @param file that it becomes there
     * @return its digest, which it had on the other engine when it was made, and has here
     * @throws IllegalStateException if it is not whole there, or does not arrive as it was
     */
    String bring(Found found, String volume, Optional<DiskImage> base, LeasedContainer to, String file) {
        String folder = DiskImage.folder(volume);
        ContainerRequest request = ContainerRequest.withoutNetwork(
                filling.container() + "-from",
                found.lab(),
                Stream.concat(volumes(base), Stream.of(new VolumeMount(volume, folder, true)))
                        .toList(),
                filling.labels());
        try (LeasedContainer from = found.on().containers().start(request)) {
            from.awaitReady();
            if (!DiskVolume.isWhole(from, folder)) {
                throw new IllegalStateException("it is not whole there");
            }
            base.ifPresent(on -> checkBase(from, on));
            String made = DiskVolume.digest(from, folder);
            progress.accept("bringing the image %s from %s to the Docker host"
                    .formatted(volume, found.on().name()));
            AtomicLong bytes = new AtomicLong();
            Map<String, String> arrived = new FilesCopy(from, to, COPY, bytes::set)
                    .copy(folder, folder, name -> name.equals(IMAGE) ? Optional.of(file) : Optional.empty());
            if (!made.equals(arrived.get(file))) {
                throw new IllegalStateException(
                        "it is not what it was when it was made:%n  expected: %s%n  found:    %s"
                                .formatted(made, arrived.get(file)));
            }
            progress.accept("%s of %s were brought".formatted(new ByteSize(bytes.get()), volume));
            return made;
        }
    }

    // An image that Taplab makes itself has the same name wherever it is made of the same, and need not have the same
    // bits: packages are those of their day.
    private static void checkBase(LeasedContainer from, DiskImage base) {
        String there =
                DiskVolume.digest(from, DiskImage.folder(base.volumes().get(0).volume()));
        if (!there.equals(base.digest())) {
            throw new IllegalStateException(
                    "what it is a change of is not the same there:%n  expected: %s%n  found:    %s"
                            .formatted(base.digest(), there));
        }
    }

    /** Says why an image has to be made although an engine seemed to have it. */
    void tell(Found found, String volume, RuntimeException why) {
        progress.accept("the image %s can't be brought from %s: %s"
                .formatted(volume, found.on().name(), why.getMessage()));
    }
}
