package io.github.taplab.internal.guestimage;

import io.github.taplab.internal.config.ByteSize;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An image in the cache, or what has been fetched of one.
 *
 * @param file absolute
 * @param digits of the digest
 * @param size of the file
 * @param lastUse when a run last asked for it
 * @param used whether a living JVM has it in use
 */
public record CachedImage(Path file, String digits, ByteSize size, Instant lastUse, boolean used) {

    /** Whether all of it is there. */
    public boolean isWhole() {
        return file.endsWith(digits);
    }
}
