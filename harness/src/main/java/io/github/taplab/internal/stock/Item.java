package io.github.taplab.internal.stock;

import io.github.taplab.internal.config.ByteSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that stays when runs are over.
 *
 * @param kind what it is
 * @param name by which people know it
 * @param size on disk; empty: that is not known
 * @param since when it was made, or last used where that is kept; empty: that is not known
 * @param status whether anybody needs it
 * @param parts what it is made of, in the order in which it can be removed; empty: it is not to be
 */
public record Item(
        Kind kind, String name, Optional<ByteSize> size, Optional<Instant> since, Status status, List<Part> parts) {

    public Item {
        parts = List.copyOf(parts);
    }

    /** What an item is. */
    public enum Kind {
        IMAGE("Docker image"),
        SNAPSHOT("snapshot"),
        DISK("guest image"),
        CACHE("cache");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Whether anybody needs an item. */
    public enum Status {
        /** A container has it, a lab runs that may ask for it, or a run makes it. */
        IN_USE("in use"),
        /** The next run of this version needs it, or would have to make it anew. */
        CURRENT("current"),
        /** Only another version can use it, or nobody. */
        OLD("old");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Where a part is. */
    public enum Place {
        IMAGE,
        VOLUME,
        FILE
    }

    /**
     * What can be removed by itself.
     *
     * @param name an image's tag or id, a volume's name, or a file's path
     */
    public record Part(Place place, String name) {}
}
