package io.github.taplab.internal.hold;

import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CompletableFuture;

/** A file whose removal ends a hold: that works from any terminal, whatever has started the tests. */
final class HoldFile implements AutoCloseable {

    private final Path file;
    private final WatchService watch;
    private final Beside<Boolean> removal;

    private HoldFile(Path file, WatchService watch) {
        this.file = file;
        this.watch = watch;
        removal = Beside.begin("taplab-hold: " + file, this::awaitRemoval);
    }

    /**
     * Makes one, in a folder of its own that only this user can write to.
     *
     * @param name of a class; its binary name has a {@code $}, which a shell would take for the beginning of a variable
     */
    static HoldFile make(String name) {
        try {
            Path folder = Files.createTempDirectory("taplab-hold-");
            // Where the JVM is told to end before: the one that was told last goes first.
            folder.toFile().deleteOnExit();
            WatchService watch = folder.getFileSystem().newWatchService();
            folder.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
            Path file = Files.createFile(folder.resolve(name.replace('$', '.')));
            file.toFile().deleteOnExit();
            return new HoldFile(file, watch);
        } catch (IOException e) {
            throw new UncheckedIOException("No file can be made whose removal would let go of the lab", e);
        }
    }

    Path path() {
        return file;
    }

    /** Completes when it is gone. */
    CompletableFuture<Boolean> removed() {
        return removal.result();
    }

    private boolean awaitRemoval() {
        try {
            while (Files.exists(file)) {
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
            }
            return true;
        } catch (InterruptedException e) {
            throw Interruption.during("somebody removes " + file, e);
        }
    }

    @Override
    public void close() {
        removal.close();
        try (watch) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException leftBehind) {
            // An empty file in a folder for temporary ones.
        }
    }
}
