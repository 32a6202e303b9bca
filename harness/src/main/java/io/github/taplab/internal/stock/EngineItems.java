package io.github.taplab.internal.stock;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.docker.StoredImage;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.stock.Item.Kind;
import io.github.taplab.internal.stock.Item.Part;
import io.github.taplab.internal.stock.Item.Place;
import io.github.taplab.internal.stock.Item.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what an engine has of Taplab's, item by item: a pure function of what the engine says. */
final class EngineItems {

    // A guest that boots, or an image that is brought, was never seen to take longer; nobody can tell of another
    // machine's run whether it still goes on.
    private static final Duration MAKING = Duration.ofHours(1);
    // Digits of an id, as docker shows them.
    private static final int SHOWN = 12;
    private static final String CLOUD_DISK = "taplab-debian-cloud-";

    private final EngineStock engine;
    private final Versions versions;
    private final Map<String, ByteSize> sizes;
    private final Predicate<Map<String, String>> alive;
    private final Instant now;

    /**
     * The items of one engine.
     *
     * @param sizes of volumes, by name; of those that are missing the size is not known
     * @param alive whether the run with such labels still goes on; false where that can't be known
     */
    EngineItems(
            EngineStock engine,
            Versions versions,
            Map<String, ByteSize> sizes,
            Predicate<Map<String, String>> alive,
            Instant now) {
        this.engine = engine;
        this.versions = versions;
        this.sizes = Map.copyOf(sizes);
        this.alive = alive;
        this.now = now;
    }

    /** All of them, what is built on others before these: so they can be removed. */
    List<Item> all() {
        List<Item> all = new ArrayList<>();
        Set<String> files = engine.with(Snapshots.WHOLE_LABEL).stream()
                .map(whole -> label(whole, Snapshots.WHOLE_LABEL))
                .collect(Collectors.toSet());
        engine.with(Snapshots.WHOLE_LABEL).stream().map(this::snapshot).forEach(all::add);
        engine.with(Snapshots.FILES_LABEL).stream()
                .filter(volume -> !files.contains(volume.name()))
                .map(this::halfSnapshot)
                .forEach(all::add);
        // An overlay before its base.
        disks(true).map(this::disk).forEach(all::add);
        disks(false).map(this::disk).forEach(all::add);
        // The lab image last: the others are built on it.
        images(false).map(this::image).forEach(all::add);
        images(true).map(this::image).forEach(all::add);
        engine.stages().stream().map(this::stage).forEach(all::add);
        return all;
    }

    private Stream<LabelledVolume> disks(boolean overlays) {
        return engine.with(DiskImages.VOLUME_LABEL).stream()
                .filter(volume -> volume.labels().containsKey(DiskImages.BASE_LABEL) == overlays);
    }

    private Stream<StoredImage> images(boolean lab) {
        return engine.own().stream()
                .filter(image -> EngineStock.ownTags(image).get(0).startsWith("taplab/lab:") == lab);
    }

    private Item image(StoredImage image) {
        Status status =
                engine.usesImage(image.id()) ? Status.IN_USE : versions.isCurrent(image) ? Status.CURRENT : Status.OLD;
        List<String> tags = EngineStock.ownTags(image);
        return new Item(
                Kind.IMAGE,
                String.join(", ", tags),
                Optional.of(new ByteSize(image.bytes())),
                Optional.of(image.created()),
                status,
                tags.stream().map(tag -> new Part(Place.IMAGE, tag)).toList());
    }

    // What only a further build could use again.
    private Item stage(StoredImage image) {
        boolean used =
                engine.usesImage(image.id()) || image.created().plus(MAKING).isAfter(now);
        String id = image.id().substring(image.id().indexOf(':') + 1);
        return new Item(
                Kind.IMAGE,
                "stage of a build, %s (%s)"
                        .formatted(EngineStock.stage(image), id.substring(0, Math.min(SHOWN, id.length()))),
                Optional.of(new ByteSize(image.bytes())),
                Optional.of(image.created()),
                used ? Status.IN_USE : Status.OLD,
                List.of(new Part(Place.IMAGE, image.id())));
    }

    private Item snapshot(LabelledVolume whole) {
        String files = label(whole, Snapshots.WHOLE_LABEL);
        String image = label(whole, Snapshots.IMAGE_LABEL);
        // A lab that runs may ask for it at any moment.
        boolean used = engine.usesVolume(whole.name(), files) || engine.usesImage(image);
        boolean current = engine.own().stream().anyMatch(own -> own.id().equals(image) && versions.isCurrent(own));
        return new Item(
                Kind.SNAPSHOT,
                "%s (%s)".formatted(whole.name(), label(whole, Snapshots.MACHINE_LABEL)),
                Optional.ofNullable(sizes.get(files)),
                made(label(whole, Snapshots.MADE_LABEL)).or(() -> engine.created(whole)),
                used ? Status.IN_USE : current ? Status.CURRENT : Status.OLD,
                // In this order: without the first nobody finds the second.
                List.of(new Part(Place.VOLUME, whole.name()), new Part(Place.VOLUME, files)));
    }

    private Item halfSnapshot(LabelledVolume volume) {
        boolean used = engine.usesVolume(volume.name()) || alive.test(volume.labels()) || isYoung(volume);
        return volume(Kind.SNAPSHOT, volume.name() + " (not whole)", volume, used ? Status.IN_USE : Status.OLD);
    }

    private Item disk(LabelledVolume volume) {
        // Whoever has a lab may be about to give it a guest with this image, whose name it has looked up already.
        boolean used = engine.usesVolume(volume.name()) || engine.hasLabs() || isYoung(volume);
        return volume(
                Kind.DISK,
                volume.name(),
                volume,
                used ? Status.IN_USE : isOfThisVersion(volume) ? Status.CURRENT : Status.OLD);
    }

    private Item volume(Kind kind, String name, LabelledVolume volume, Status status) {
        return new Item(
                kind,
                name,
                Optional.ofNullable(sizes.get(volume.name())),
                engine.created(volume),
                status,
                List.of(new Part(Place.VOLUME, volume.name())));
    }

    // What was fetched is named by its content, which no version changes.
    private boolean isOfThisVersion(LabelledVolume volume) {
        String base = volume.labels().getOrDefault(DiskImages.BASE_LABEL, volume.name());
        if (base.startsWith(CLOUD_DISK)) {
            return cloudDisks().anyMatch(base::equals);
        }
        return base.equals(volume.name()) || engine.names().contains(base);
    }

    private Stream<String> cloudDisks() {
        return Stream.concat(
                        versions.tags().stream(),
                        engine.own().stream()
                                .filter(versions::isCurrent)
                                .flatMap(image -> EngineStock.ownTags(image).stream()))
                .map(DiskImages::volumeOf);
    }

    private boolean isYoung(LabelledVolume volume) {
        return engine.created(volume)
                .map(made -> made.plus(MAKING).isAfter(now))
                .orElse(true);
    }

    private static Optional<Instant> made(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException ofAnOlderVersion) {
            return Optional.empty();
        }
    }

    private static String label(LabelledVolume volume, String name) {
        return volume.labels().getOrDefault(name, "");
    }
}
