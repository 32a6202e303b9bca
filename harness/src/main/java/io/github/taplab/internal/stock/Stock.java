package io.github.taplab.internal.stock;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.guestimage.ImageCache;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.session.Owner;
import io.github.taplab.internal.stock.Item.Part;
import io.github.taplab.internal.stock.Item.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that Taplab keeps between runs, on one Docker host and in the cache of this machine's user. */
public final class Stock {

    private static final Logger LOG = LoggerFactory.getLogger(Stock.class);

    private final Settings settings;
    private final HostCache cache;

    public Stock(Settings settings) {
        this.settings = settings;
        cache = new HostCache(settings.cache(), new ImageCache(settings.cache(), settings.cacheSize()));
    }

    /**
     * What the Docker host has.
     *
     * @param measured whether the sizes of volumes are wanted too, for which a container looks at them; where none can,
     *     they are not known
     */
    public List<Item> on(DockerEngine docker, boolean measured) {
        EngineStock engine = EngineStock.of(docker);
        Versions versions = Versions.of(new BuiltImages(settings));
        Map<String, ByteSize> sizes = measured ? sizes(docker, engine, versions) : Map.of();
        return new EngineItems(engine, versions, sizes, Owner::isKnownToBeAlive, Instant.now()).all();
    }

    // An older version's container may not take commands as this one gives them.
    private static Map<String, ByteSize> sizes(DockerEngine docker, EngineStock engine, Versions versions) {
        return engine.own().stream()
                .filter(versions::isCurrent)
                .findFirst()
                .map(image -> sizes(
                        docker,
                        image.id(),
                        engine.volumes().stream()
                                .map(LabelledVolume::name)
                                .distinct()
                                .toList()))
                .orElse(Map.of());
    }

    // On a full disk no container may start, and that is when something has to go.
    private static Map<String, ByteSize> sizes(DockerEngine docker, String image, List<String> volumes) {
        try {
            return VolumeSizes.of(docker, image, volumes);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info("The sizes of volumes on {} are not known: {}", docker.name(), e.getMessage());
            return Map.of();
        }
    }

    /** What the cache has. */
    public List<Item> inCache() {
        return cache.items(Instant.now());
    }

    /** Whether an item may go. */
    public static boolean mayGo(Item item, boolean all) {
        return item.status() == Status.OLD || (all && item.status() == Status.CURRENT);
    }

    /**
     * Removes an item of a Docker host. What has come into use in the meantime stays: an engine removes neither a
     * volume nor an image that a container has.
     *
     * @return why it is still there, or a part of it; empty: it is gone
     */
    public Optional<String> remove(DockerEngine docker, Item item) {
        return remove(item, part -> removed(docker, part));
    }

    /**
     * Removes an item of the cache. What has come into use in the meantime stays.
     *
     * @return why it is still there, or a part of it; empty: it is gone
     */
    public Optional<String> removeFromCache(Item item) {
        return remove(item, part -> cache.remove(Path.of(part.name())));
    }

    /** Removes a part of an item; whether it is gone. */
    @FunctionalInterface
    private interface Removal {
        boolean of(Part part) throws IOException;
    }

    private static Optional<String> remove(Item item, Removal removal) {
        for (Part part : item.parts()) {
            try {
                if (!removal.of(part)) {
                    return Optional.of("a run uses it");
                }
            } catch (RuntimeException | IOException e) {
                return Optional.of(reason(e));
            }
        }
        return Optional.empty();
    }

    private static boolean removed(DockerEngine docker, Part part) {
        switch (part.place()) {
            case IMAGE -> docker.images().remove(part.name());
            case VOLUME -> docker.volumes().remove(part.name());
            case FILE -> throw new IllegalArgumentException("a Docker host has no file " + part.name());
        }
        return true;
    }

    private static String reason(Exception failure) {
        return Stream.of(String.valueOf(failure.getMessage()).split("\n", -1))
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(String::strip)
                .orElse(failure.getClass().getSimpleName());
    }
}
