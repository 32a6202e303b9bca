package io.github.taplab.internal.stock;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.guestimage.CachedImage;
import io.github.taplab.internal.guestimage.ImageCache;
import io.github.taplab.internal.stock.Item.Kind;
import io.github.taplab.internal.stock.Item.Part;
import io.github.taplab.internal.stock.Item.Place;
import io.github.taplab.internal.stock.Item.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cache of this machine's user: fetched guest images, and what a run keeps for the next one. */
final class HostCache {

    // What is fetched grows, and so changes its time.
    private static final Duration FETCHING = Duration.ofHours(1);

    private final Path folder;
    private final ImageCache images;

    HostCache(Path folder, ImageCache images) {
        this.folder = folder;
        this.images = images;
    }

    /** What is there. A folder that is not there has nothing. */
    List<Item> items(Instant now) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Item> all = new ArrayList<>();
        images.list().forEach(image -> all.add(fetched(image, now)));
        together("what tests saw in their last green run", "green", ".*\\.json").ifPresent(all::add);
        together("logs of builds that failed", "logs", ".*\\.log").ifPresent(all::add);
        together("that KVM works", ".", "kvm-.*").ifPresent(all::add);
        return all;
    }

    private static Item fetched(CachedImage image, Instant now) {
        boolean fetching = !image.isWhole() && image.lastUse().plus(FETCHING).isAfter(now);
        return new Item(
                Kind.CACHE,
                image.file() + (image.isWhole() ? "" : " (not whole)"),
                Optional.of(image.size()),
                Optional.of(image.lastUse()),
                image.used() || fetching ? Status.IN_USE : Status.CURRENT,
                List.of(new Part(Place.FILE, image.file().toString())));
    }

    /** Files of one kind, as one item. */
    private Optional<Item> together(String what, String below, String names) {
        Path place = folder.resolve(below).normalize();
        try (Stream<Path> files = Files.list(place)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).matches(names))
                    .toList();
            return found.isEmpty() ? Optional.empty() : Optional.of(together(what, place, found));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Item together(String what, Path place, List<Path> files) throws IOException {
        long bytes = 0;
        List<Instant> times = new ArrayList<>();
        for (Path file : files) {
            bytes += Files.size(file);
            times.add(Files.getLastModifiedTime(file).toInstant());
        }
        return new Item(
                Kind.CACHE,
                "%s (%s, %d files)".formatted(what, place, files.size()),
                Optional.of(new ByteSize(bytes)),
                times.stream().max(Comparator.naturalOrder()),
                Status.CURRENT,
                files.stream()
                        .map(file -> new Part(Place.FILE, file.toString()))
                        .toList());
    }

    /** Removes a file of an item, unless a run uses it; whether it is gone. */
    boolean remove(Path file) throws IOException {
        Optional<CachedImage> image = images.list().stream()
                .filter(cached -> cached.file().equals(file))
                .findFirst();
        if (image.isPresent()) {
            return images.remove(image.get());
        }
        Files.deleteIfExists(file);
        return true;
    }
}
