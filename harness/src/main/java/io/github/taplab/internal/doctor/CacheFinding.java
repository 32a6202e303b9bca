package io.github.taplab.internal.doctor;

import io.github.taplab.internal.config.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for what is kept between runs. */
final class CacheFinding {

    private static final String WHAT = "Cache";
    private static final String REMEDY = "let taplab.cache name a folder that can be written to";

    private CacheFinding() {}

    /** Whether runs can write there, or make the folder. Nothing is written for that. */
    static Finding of(Path cache) {
        Path place = existing(cache.toAbsolutePath().normalize());
        if (!Files.isDirectory(place)) {
            return Finding.missing(WHAT, "%s is no folder".formatted(place), REMEDY);
        }
        if (!Files.isWritable(place)) {
            return Finding.missing(WHAT, "%s can't be written to".formatted(place), REMEDY);
        }
        try {
            return Finding.ok(
                    WHAT,
                    "%s, %s free"
                            .formatted(
                                    cache,
                                    new ByteSize(Files.getFileStore(place).getUsableSpace())));
        } catch (IOException notSaid) {
            return Finding.ok(WHAT, cache.toString());
        }
    }

    private static Path existing(Path path) {
        Path place = path;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }
}
