package io.github.taplab.internal.disk;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.guestimage.GuestImage;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Brings a file of this machine into a container, through the engine's API: the engine may be far away. */
final class Upload {

    private static final int BUFFER = 1 << 16;
    // A GiB takes seconds on any disk.
    private static final Duration CHECK = Duration.ofMinutes(5);
    // To an engine that is far away; whoever waits for the image meanwhile does so for as long.
    private static final Duration COPY = Duration.ofMinutes(10);

    private Upload() {}

    /**
     * Copies an image, and makes sure that it arrived as it was.
     *
     * @param path of the copy in the container
     * @throws IllegalStateException if it did not
     */
    static void to(LeasedContainer container, String path, GuestImage image, Consumer<String> progress) {
        int slash = path.lastIndexOf('/');
        try (PipedInputStream archive = new PipedInputStream(BUFFER)) {
            PipedOutputStream sink = new PipedOutputStream(archive);
            progress.accept("copying %s (%s) to the Docker host"
                    .formatted(image.file(), new ByteSize(Files.size(image.file()))));
            CompletableFuture<Void> packing = CompletableFuture.runAsync(
                    () -> pack(image.file(), path.substring(slash + 1), sink),
                    work -> daemon(work).start());
            unpack(container, archive, path.substring(0, slash), image);
            Waiting.joined("%s is read".formatted(image.file()), CHECK, packing);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("%s can't be read: %s".formatted(image.file(), e.getCause()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be copied".formatted(image.file()), e);
        }
        String tool = image.digest().algorithm() == Algorithm.SHA_256 ? "sha256sum" : "sha512sum";
        String arrived = container
                .exec(container.name(), CHECK, List.of(tool, path))
                .orThrow()
                .stdout();
        if (!arrived.startsWith(image.digest().hex() + " ")) {
            throw new IllegalStateException(
                    "%s did not arrive on the Docker host as it is%n  expected: %s%n  found:    %s"
                            .formatted(image.file(), image.digest().hex(), arrived));
        }
    }

    // Not in the common pool: on a small machine that has one thread, and this one waits for the engine.
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "taplab-upload");
        thread.setDaemon(true);
        return thread;
    }

    private static void unpack(LeasedContainer container, InputStream archive, String folder, GuestImage image) {
        try {
            container.unpack(archive, folder, COPY);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "%s can't be copied to the Docker host: %s".formatted(image.file(), e.getMessage()), e);
        }
    }

    private static void pack(Path file, String name, PipedOutputStream sink) {
        try (Archive archive = new Archive(sink)) {
            archive.add(name, Archive.Mode.PLAIN, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
