package io.github.taplab.internal.image;

import io.github.taplab.internal.config.Pace;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.wait.MachineLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The image of all containers of a lab, made on first use and named by what it is made of. */
public final class LabImage {

    private static final Duration BUILD = Duration.ofMinutes(30);

    private final BuildContext context = BuildContext.of("lab");
    private final Map<String, String> arguments = new HashMap<>();
    private final Path cache;

    /**
     * The image that these settings ask for.
     *
     * @param cache folder for the lock that keeps two JVMs from building at once
     */
    public LabImage(Optional<String> baseImage, Optional<String> debianMirror, Path cache) {
        baseImage.ifPresent(base -> arguments.put("BASE", base));
        debianMirror.ifPresent(mirror -> arguments.put("DEBIAN_MIRROR", mirror));
        this.cache = cache;
    }

    /** The tag: a hash of the build context and its arguments. */
    public String tag() {
        return "taplab/lab:" + context.hash(arguments);
    }

    /**
     * Sees to it that the engine has the image.
     *
     * @return its id
     */
    public String ensure(DockerEngine docker, Map<String, String> labels, Consumer<String> progress) {
        Optional<String> present = docker.imageId(tag());
        return present.isPresent() ? present.get() : buildOnce(docker, labels, progress);
    }

    private String buildOnce(DockerEngine docker, Map<String, String> labels, Consumer<String> progress) {
        Path lock = cache.resolve(tag().replaceAll("[/:]", "-") + ".lock");
        return MachineLock.holding(lock, "builds the lab image", BUILD, progress, () -> {
            // Whoever held the lock before may have built it.
            if (docker.imageId(tag()).isEmpty()) {
                build(docker, labels, progress);
            }
            return docker.imageId(tag())
                    .orElseThrow(
                            () -> new IllegalStateException("Image %s is not there after its build".formatted(tag())));
        });
    }

    private void build(DockerEngine docker, Map<String, String> labels, Consumer<String> progress) {
        Instant start = Instant.now();
        progress.accept("building the lab image %s, once, on %s".formatted(tag(), docker.description()));
        docker.buildImage(tag(), context.tar(), arguments, labels, BUILD, new BuildProgress(start, progress));
        progress.accept("lab image built in %d s"
                .formatted(Duration.between(start, Instant.now()).toSeconds()));
    }

    /** Passes on each step of the build, and a sign of life every few seconds in between. */
    private static final class BuildProgress implements Consumer<String> {

        private final Instant start;
        private final Consumer<String> sink;
        private final Pace pace = new Pace();

        BuildProgress(Instant start, Consumer<String> sink) {
            this.start = start;
            this.sink = sink;
        }

        @Override
        public void accept(String line) {
            boolean due = pace.isDue();
            if (due || line.startsWith("Step ")) {
                sink.accept("  %3d s  %s"
                        .formatted(
                                Duration.between(start, Instant.now()).toSeconds(),
                                line.length() > 100 ? line.substring(0, 100) + "…" : line));
            }
        }
    }
}
