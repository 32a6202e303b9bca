package io.github.taplab.internal.snapshot;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What it took to make a snapshot.
 *
 * @param took from the start of its machine to its last file
 * @param bytes that its files have, with all holes
 */
public record Making(Duration took, long bytes) {

    private static final String TOOK_LABEL = "io.github.taplab.snapshot.took.ms";
    private static final String BYTES_LABEL = "io.github.taplab.snapshot.bytes";

    /** As the volume that says where the snapshot is has it. */
    Map<String, String> labels() {
        return Map.of(TOOK_LABEL, Long.toString(took.toMillis()), BYTES_LABEL, Long.toString(bytes));
    }

    /** Reads them; empty: they do not say it. */
    static Optional<Making> of(Map<String, String> labels) {
        try {
            return Optional.of(new Making(
                    Duration.ofMillis(Long.parseLong(labels.getOrDefault(TOOK_LABEL, ""))),
                    Long.parseLong(labels.getOrDefault(BYTES_LABEL, ""))));
        } catch (NumberFormatException notSaid) {
            return Optional.empty();
        }
    }
}
