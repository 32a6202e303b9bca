package io.github.taplab.internal.image;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.Pace;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.wait.MachineLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An image that this project makes, built on first use and named by what it is made of. */
public final class BuiltImage {

    /** On each image, by its Dockerfile: the name of its build context. */
    public static final String NAME_LABEL = "io.github.taplab.image";
    /** On each image: what it was made of, whatever the settings said. */
    public static final String CONTEXT_LABEL = "io.github.taplab.image.context";

    /**
     * On what a build leaves of a stage, by its Dockerfile: {@code lab/guest}. Empty on the image itself, so that
     * nobody who builds on that inherits it.
     */
    public static final String STAGE_LABEL = "io.github.taplab.image.stage";

    private static final Duration BUILD = Duration.ofMinutes(30);

    private final String name;
    private final BuildContext context;
    private final Map<String, String> basis;
    private final Map<String, String> arguments;
    private final Path cache;

    /**
     * One of the images.
     *
     * @param name of the folder with its build context
     * @param basis what those of the project's images are made of that it is built on, by name
     * @param arguments of the build
     * @param cache folder for the lock that keeps two JVMs from building at once
     */
    BuiltImage(String name, Map<String, String> basis, Map<String, String> arguments, Path cache) {
        this.name = name;
        this.context = BuildContext.of(name);
        this.basis = Map.copyOf(basis);
        this.arguments = Map.copyOf(arguments);
        this.cache = cache;
    }

    public String name() {
        return name;
    }

    /** What it is made of, without what the settings say: another one than an older version's. */
    public String madeOf() {
        return context.hash(basis);
    }

    /** The tag: a hash of the build context and its arguments. */
    public String tag() {
        return "taplab/" + name + ":" + context.hash(arguments);
    }

    Map<String, String> arguments() {
        return arguments;
    }

    /**
     * Sees to it that the engine has the image.
     *
     * @return its id
     */
    public String ensure(DockerEngine docker, Map<String, String> labels, Consumer<String> progress) {
        return ensure(docker, List.of(), labels, progress);
    }

    /**
     * The same where other engines may have it already: it is brought from there.
     *
     * @param others those that are asked for it before it is built
     */
    public String ensure(
            DockerEngine docker, List<DockerEngine> others, Map<String, String> labels, Consumer<String> progress) {
        Optional<String> present = docker.images().id(tag());
        return present.isPresent() ? present.get() : buildOnce(docker, others, labels, progress);
    }

    /** The lock of whoever has an image made; the volume with its content has another one, under which it is made. */
    static Path lock(Path cache, String tag) {
        return cache.resolve("image-%s.lock".formatted(tag.replaceAll("[/:]", "-")));
    }

    private String buildOnce(
            DockerEngine docker, List<DockerEngine> others, Map<String, String> labels, Consumer<String> progress) {
        return MachineLock.holding(lock(cache, tag()), "builds the %s image".formatted(name), BUILD, progress, () -> {
            // Whoever held the lock before may have built it.
            if (docker.images().id(tag()).isEmpty() && !isBrought(name, tag(), docker, others, progress)) {
                build(docker, labels, progress);
            }
            return docker.images()
                    .id(tag())
                    .orElseThrow(
                            () -> new IllegalStateException("Image %s is not there after its build".formatted(tag())));
        });
    }

    /** Brings an image from the first engine that has it; one that can't give it is passed over. */
    static boolean isBrought(
            String name, String tag, DockerEngine docker, List<DockerEngine> others, Consumer<String> progress) {
        for (DockerEngine other : others) {
            try {
                if (other.images().id(tag).isPresent()) {
                    progress.accept(
                            "bringing the %s image %s from %s to %s".formatted(name, tag, other.name(), docker.name()));
                    docker.images().bring(tag, other.images(), BUILD);
                    return true;
                }
            } catch (InterruptedWaitException e) {
                throw e;
            } catch (RuntimeException e) {
                progress.accept(
                        "the %s image can't be brought from %s: %s".formatted(name, other.name(), e.getMessage()));
            }
        }
        return false;
    }

    /** Where the output of a build is kept if it fails. One of each image: the latest is what counts. */
    Path log() {
        return cache.resolve("logs").resolve("build-" + name + ".log");
    }

    private void build(DockerEngine docker, Map<String, String> labels, Consumer<String> progress) {
        Instant start = Instant.now();
        progress.accept("building the %s image %s, once, on %s".formatted(name, tag(), docker.description()));
        Map<String, String> all = new HashMap<>(labels);
        all.put(CONTEXT_LABEL, madeOf());
        docker.images().build(tag(), context.tar(), arguments, all, BUILD, log(), new BuildProgress(start, progress));
        progress.accept("%s image built in %d s"
                .formatted(name, Duration.between(start, Instant.now()).toSeconds()));
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
