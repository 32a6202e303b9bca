package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.wait.MachineLock;
import io.github.taplab.spec.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of the cache. An image's name is the digits of its digest, what is fetched of it so far ends in
 * {@code .part}, and a lock on {@code <digits>.use.<JVM>.<number>} says that a JVM uses it: the kernel takes that back
 * when the JVM dies. Whatever looks at several files, or changes one, does so under one lock, shortly.
 */
final class CacheFolder implements AutoCloseable {

    /** Asks how much a user may still write to the folder's disk, in bytes. */
    interface FreeSpace {
        long of(Path folder) throws IOException;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private record Stored(Path file, String digits, long size, FileTime lastUse) {}

    private static final String PART = ".part";
    private static final String USE = ".use.";
    private static final Pattern STORED = Pattern.compile("([0-9a-f]{64}|[0-9a-f]{128})(\\.part)?");
    private static final Duration SHORTLY = Duration.ofMinutes(1);
    // A JVM's own marks are told by their names: to open one would give its lock back on closing.
    private static final String THIS_JVM = UUID.randomUUID().toString();

    private final Path folder;
    private final ByteSize limit;
    private final FreeSpace freeSpace;
    private final String user = THIS_JVM + "." + UUID.randomUUID();
    private final Map<Digest, FileLock> used = new ConcurrentHashMap<>();

    /** The folder is made at the first use. */
    CacheFolder(Path folder, ByteSize limit, FreeSpace freeSpace) {
        this.folder = folder;
        this.limit = limit;
        this.freeSpace = freeSpace;
    }

    /** How much the images may take together. */
    ByteSize limit() {
        return limit;
    }

    /** The lock of whoever fetches. It is one for all images, so that their sizes add up. */
    Path fetchLock() {
        return folder.resolve("fetch.lock");
    }

    /** Where an image is put together. */
    Path part(Digest digest) {
        return folder.resolve(digest.hex() + PART);
    }

    /** What can still be written. */
    ByteSize free() throws IOException {
        return new ByteSize(freeSpace.of(folder));
    }

    /** The image, if it is there; it is then in use until this is closed. */
    Optional<Path> use(Digest digest) {
        return locked(() -> {
            if (!Files.isRegularFile(image(digest))) {
                return Optional.empty();
            }
            return Optional.of(used(digest));
        });
    }

    /** Makes the finished part the image, which is then in use. */
    Path keep(Digest digest) {
        return locked(() -> {
            Files.move(part(digest), image(digest), StandardCopyOption.ATOMIC_MOVE);
            return used(digest);
        });
    }

    /**
     * Removes what was not used for the longest time, until an image of this size fits below the limit. What a living
     * JVM uses stays even if the limit is exceeded then, which is told.
     */
    void makeRoom(Digest digest, long size, Consumer<String> progress) {
        long sum = locked(() -> {
            List<Stored> others = others(digest.hex());
            long total = size + others.stream().mapToLong(Stored::size).sum();
            for (Stored other : others) {
                if (total > limit.bytes() && !isUsed(other.digits())) {
                    Files.delete(other.file());
                    total -= other.size();
                    progress.accept("removed an image of %s from the cache, last used %s: taplab.cache.size is %s"
                            .formatted(
                                    new ByteSize(other.size()),
                                    other.lastUse().toInstant().truncatedTo(ChronoUnit.SECONDS),
                                    limit));
                }
            }
            return total;
        });
        if (sum > limit.bytes()) {
            progress.accept("the cache grows to %s, over taplab.cache.size = %s: its images are in use"
                    .formatted(new ByteSize(sum), limit));
        }
    }

    private <T> T locked(Work<T> work) {
        Path lock = folder.resolve("use.lock");
        return MachineLock.holding(lock, "looks through the images", SHORTLY, waiting -> {}, () -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Path image(Digest digest) {
        return folder.resolve(digest.hex());
    }

    private Path mark(Digest digest) {
        return folder.resolve(digest.hex() + USE + user);
    }

    private Path used(Digest digest) throws IOException {
        Path image = image(digest);
        Files.setLastModifiedTime(image, FileTime.from(Instant.now()));
        if (!used.containsKey(digest)) {
            used.put(
                    digest,
                    FileChannel.open(mark(digest), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                            .lock());
        }
        return image;
    }

    /** What is there, and whether a living JVM uses it. */
    List<CachedImage> list() {
        return Files.isDirectory(folder) ? locked(this::listed) : List.of();
    }

    private List<CachedImage> listed() throws IOException {
        List<CachedImage> all = new ArrayList<>();
        for (Stored stored : others("")) {
            all.add(new CachedImage(
                    stored.file(),
                    stored.digits(),
                    new ByteSize(stored.size()),
                    stored.lastUse().toInstant(),
                    isUsed(stored.digits())));
        }
        return all;
    }

    /** Removes an image, or what there is of one, unless a living JVM uses it; whether it is gone. */
    boolean remove(CachedImage image) {
        return locked(() -> !isUsed(image.digits()) && Files.deleteIfExists(image.file()));
    }

    /** Whether a living JVM uses the image; the marks of dead ones are removed. */
    private boolean isUsed(String digits) throws IOException {
        boolean inUse = false;
        for (Path mark : list(digits + USE + "*")) {
            if (mark.getFileName().toString().contains(USE + THIS_JVM) || isLocked(mark)) {
                inUse = true;
            } else {
                Files.delete(mark);
            }
        }
        return inUse;
    }

    private static boolean isLocked(Path mark) throws IOException {
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // This class, loaded twice.
            return true;
        }
    }

    /** All images and parts but this one, what was not used for the longest time first. */
    private List<Stored> others(String digits) throws IOException {
        List<Stored> others = new ArrayList<>();
        for (Path file : list("*")) {
            Matcher name = STORED.matcher(file.getFileName().toString());
            if (name.matches() && !name.group(1).equals(digits)) {
                others.add(new Stored(file, name.group(1), Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        others.sort(Comparator.comparing(Stored::lastUse));
        return others;
    }

    private List<Path> list(String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            List<Path> list = new ArrayList<>();
            files.forEach(list::add);
            return list;
        }
    }

    /** Lets go of all images. */
    @Override
    public void close() {
        if (!used.isEmpty()) {
            locked(() -> {
                for (Map.Entry<Digest, FileLock> use : used.entrySet()) {
                    Files.deleteIfExists(mark(use.getKey()));
                    use.getValue().acquiredBy().close();
                }
                used.clear();
                return used;
            });
        }
    }
}
