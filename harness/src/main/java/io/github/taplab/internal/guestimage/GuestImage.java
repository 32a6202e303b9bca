package io.github.taplab.internal.guestimage;

import io.github.taplab.spec.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A disk image that is on this machine and is what was declared. Nobody may write to it: it is an overlay's base.
 *
 * @param file absolute; in the cache, or where the user has it
 * @param digest what the file was found to have
 * @param disk what the file holds
 * @param known what is known of an image that was asked for by name
 */
public record GuestImage(Path file, Digest digest, DiskFile disk, Optional<KnownImage> known) {}
