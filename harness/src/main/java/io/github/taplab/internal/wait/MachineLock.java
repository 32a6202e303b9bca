package io.github.taplab.internal.wait;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that one thread of one JVM does at a time, among all JVMs that see the same file. */
public final class MachineLock {

    // A file lock keeps other JVMs out, but throws at a second holder in the same one. And a file must not be open
    // twice in a JVM: on Linux the first channel to be closed takes the lock of the other one along.
    private static final ConcurrentMap<Path, Turn> IN_THIS_JVM = new ConcurrentHashMap<>();

    private MachineLock() {}

    /**
     * Does the work while no other thread or JVM holds the lock. A JVM that dies gives its lock back.
     *
     * @param file the lock; it and its folder are made if missing, and stay
     * @param what the holder does, in words: "builds the lab image"
     * @param deadline how long another thread or JVM may keep it
     * @param progress told once if another JVM has it
     * @throws io.github.taplab.command.DeadlineExceededException if it is not given back
     * @throws io.github.taplab.command.InterruptedWaitException if this thread is interrupted while it waits
     * @throws UncheckedIOException if there can be no such file
     */
    public static <T> T holding(
            Path file, String what, Duration deadline, Consumer<String> progress, Supplier<T> work) {
        try {
            Path folder =
                    Files.createDirectories(file.toAbsolutePath().getParent()).toRealPath();
            Path lockFile = folder.resolve(file.getFileName());
            Turn inThisJvm = IN_THIS_JVM.computeIfAbsent(lockFile, path -> new Turn());
            return inThisJvm.holding(
                    "the lock %s of another thread that %s".formatted(lockFile, what),
                    deadline,
                    () -> alone(lockFile, what, deadline, progress, work));
        } catch (IOException e) {
            throw new UncheckedIOException("No lock for one that " + what + ": " + file, e);
        }
    }

    /** The same for the only thread of this JVM that asks. */
    private static <T> T alone(Path file, String what, Duration deadline, Consumer<String> progress, Supplier<T> work) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = locked(channel, file, what, deadline, progress)) {
            if (!lock.isValid()) {
                throw new IllegalStateException("Lost the lock " + file);
            }
            return work.get();
        } catch (IOException e) {
            throw new UncheckedIOException("No lock for one that " + what + ": " + file, e);
        }
    }

    private static FileLock locked(
            FileChannel channel, Path file, String what, Duration deadline, Consumer<String> progress) {
        Optional<FileLock> lock = attempt(channel, file);
        if (lock.isPresent()) {
            return lock.get();
        }
        progress.accept("another JVM %s, waiting for it".formatted(what));
        return Waiting.until(
                        "the lock %s of another JVM that %s".formatted(file, what),
                        deadline,
                        () -> attempt(channel, file),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<FileLock> attempt(FileChannel channel, Path file) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (IOException e) {
            throw Interruption.isCauseOf(e) ? Interruption.during("the lock " + file, e) : new UncheckedIOException(e);
        }
    }
}
