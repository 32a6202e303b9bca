package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Interruption;
import io.github.taplab.internal.wait.MachineLock;
import io.github.taplab.spec.Digest;
import io.github.taplab.spec.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Turns what a user declares into a file of this machine that has the right digest and is a disk. What comes from
 * elsewhere is fetched once and kept; until this is closed, no JVM removes what it was asked for.
 */
public final class ImageCache implements AutoCloseable {

    /** A file whose digest was read: whoever changes it changes its time too. */
    private record Checked(Path file, Digest digest, long size, FileTime modified) {}

    private final Path path;
    private final CacheFolder folder;
    private final Limits limits;
    private final LongSupplier clock;
    private final KnownImages knownImages = KnownImages.read();
    private final Set<Checked> checked = ConcurrentHashMap.newKeySet();

    /**
     * A cache in the folder {@code images}, which is made when the first image is asked for.
     *
     * @param cache the folder of all that is kept between runs
     * @param limit how much the images may take together
     */
    public ImageCache(Path cache, ByteSize limit) {
        this(cache, limit, Limits.USUAL, folder -> Files.getFileStore(folder).getUsableSpace(), System::nanoTime);
    }

    ImageCache(Path cache, ByteSize limit, Limits limits, CacheFolder.FreeSpace freeSpace, LongSupplier clock) {
        this.path = cache.toAbsolutePath().resolve("images");
        this.folder = new CacheFolder(path, limit, freeSpace);
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Sees to it that the image is on this machine, which may take as long as a download.
     *
     * @param progress told what takes long
     * @throws io.github.taplab.spec.InvalidSpecException if no image has this name, or if Taplab makes it itself
     * @throws WrongImageException if the image is nowhere, not what was declared, or no disk image
     * @throws LabUnavailableException if this machine's network or disk does not let it
     */
    public GuestImage fetch(ImageSource source, Consumer<String> progress) {
        if (source instanceof ImageSource.Known name) {
            KnownImage image = knownImages.get(name);
            return fetch(Wanted.of(image), Optional.of(image), progress);
        } else if (source instanceof ImageSource.Remote remote) {
            return fetch(Wanted.of(remote), Optional.empty(), progress);
        }
        return local((ImageSource.Local) source);
    }

    GuestImage fetch(Wanted image, Optional<KnownImage> known, Consumer<String> progress) {
        try {
            Optional<Path> there = folder.use(image.digest());
            Path file = there.isPresent() ? there.get() : fetchOnce(image, progress);
            return new GuestImage(file, image.digest(), DiskFile.of(image.name(), file), known);
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            if (Interruption.isCauseOf(cause)) {
                throw Interruption.during("%s is fetched".formatted(image), e);
            }
            throw new LabUnavailableException(
                    "The cache of images %s can't be used: %s; taplab.cache names another folder"
                            .formatted(path, reason(e)),
                    e);
        }
    }

    private Path fetchOnce(Wanted image, Consumer<String> progress) {
        // Twice: pieces that do not belong together are fetched again.
        Duration longest = limits.whole().multipliedBy(2);
        return MachineLock.holding(folder.fetchLock(), "fetches an image", longest, progress, () -> {
            // Whoever held the lock before may have fetched it.
            return folder.use(image.digest()).orElseGet(() -> {
                try {
                    return download(image, progress);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        });
    }

    private Path download(Wanted image, Consumer<String> progress) throws IOException {
        long start = clock.getAsLong();
        Path part = folder.part(image.digest());
        boolean pieces = new Download(image, folder, limits, progress).run();
        Digest found = Content.digest(part, image.digest().algorithm());
        if (pieces && !found.equals(image.digest())) {
            progress.accept("the pieces of %s do not fit together, fetching it again".formatted(image.name()));
            Files.delete(part);
            new Download(image, folder, limits, progress).run();
            found = Content.digest(part, image.digest().algorithm());
        }
        try {
            if (!found.equals(image.digest())) {
                throw Content.mismatch(image.toString(), part, image.digest(), found);
            }
            DiskFile.of(image.toString(), part);
        } catch (WrongImageException e) {
            Files.delete(part);
            throw e;
        }
        Path file = folder.keep(image.digest());
        progress.accept("%s is there after %d s, and its digest is right"
                .formatted(image.name(), TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - start)));
        return file;
    }

    private GuestImage local(ImageSource.Local source) {
        Path file = source.file().toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new WrongImageException("image = \"%s\": %s %s"
                    .formatted(source, file, Files.exists(file) ? "is no regular file" : "does not exist"));
        }
        try {
            if (source.digest().isPresent()) {
                check(file, source.digest().get());
            }
            DiskFile disk = DiskFile.of(file.toString(), file);
            Digest digest = source.digest().isPresent()
                    ? source.digest().get()
                    : Content.digest(file, Digest.Algorithm.SHA_256);
            return new GuestImage(file, digest, disk, Optional.empty());
        } catch (IOException e) {
            if (Interruption.isCauseOf(e)) {
                throw Interruption.during("%s is read".formatted(file), e);
            }
            throw new WrongImageException("image = \"%s\": %s can't be read (%s)".formatted(source, file, reason(e)));
        }
    }

    private void check(Path file, Digest expected) throws IOException {
        Checked now = new Checked(file, expected, Files.size(file), Files.getLastModifiedTime(file));
        if (!checked.contains(now)) {
            Digest found = Content.digest(file, expected.algorithm());
            if (!found.equals(expected)) {
                throw Content.mismatch(file.toString(), file, expected, found);
            }
            checked.add(now);
        }
    }

    // The message of a file system's exception is only the file's name.
    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return "%s: %s".formatted(cause.getClass().getSimpleName().replace("Exception", ""), cause.getMessage());
    }

    /** What is kept. A cache that is not there has nothing. */
    public List<CachedImage> list() {
        return folder.list();
    }

    /** Removes what is kept of an image, unless a living JVM uses it; whether it is gone. */
    public boolean remove(CachedImage image) {
        return folder.remove(image);
    }

    /** Lets go of the images: from now on they may be removed to make room for others. */
    @Override
    public void close() {
        folder.close();
    }
}
