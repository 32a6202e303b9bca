package io.github.taplab.internal.image;

import io.github.taplab.internal.docker.DockerEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The image of all containers of a lab, made on first use and named by what it is made of. */
public final class LabImage {

    private static final Duration BUILD = Duration.ofMinutes(30);
    // A file lock keeps other JVMs out, but throws at a second holder in the same one.
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

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
        IN_THIS_JVM.lock();
        try {
            Files.createDirectories(cache);
            Path lockFile = cache.resolve(tag().replaceAll("[/:]", "-") + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = locked(channel, progress)) {
                // Whoever held the lock before may have built it.
                if (docker.imageId(tag()).isEmpty()) {
                    build(docker, labels, progress);
                }
                return docker.imageId(tag())
                        .orElseThrow(() -> new IllegalStateException(
                                "Image %s is not there after its build (%s)".formatted(tag(), lock)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No lock for building the lab image in " + cache, e);
        } finally {
            IN_THIS_JVM.unlock();
        }
    }

    private static FileLock locked(FileChannel channel, Consumer<String> progress) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        progress.accept("another JVM builds the lab image, waiting for it");
        return channel.lock();
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

        private static final Duration SILENCE = Duration.ofSeconds(5);

        private final Instant start;
        private final Consumer<String> sink;
        private Instant lastTold = Instant.EPOCH;

        BuildProgress(Instant start, Consumer<String> sink) {
            this.start = start;
            this.sink = sink;
        }

        @Override
        public void accept(String line) {
            Instant now = Instant.now();
            if (line.startsWith("Step ") || Duration.between(lastTold, now).compareTo(SILENCE) > 0) {
                lastTold = now;
                sink.accept("  %3d s  %s"
                        .formatted(
                                Duration.between(start, now).toSeconds(),
                                line.length() > 100 ? line.substring(0, 100) + "…" : line));
            }
        }
    }
}
