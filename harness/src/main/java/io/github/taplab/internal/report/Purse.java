package io.github.taplab.internal.report;

import java.util.Optional;

/** So many bytes of a page, which may be part of the bytes of more. */
final class Purse {

    private final Optional<Purse> whole;
    private long left;

    Purse(long bytes) {
        this(bytes, Optional.empty());
    }

    private Purse(long bytes, Optional<Purse> whole) {
        this.left = bytes;
        this.whole = whole;
    }

    /** A part of these. */
    Purse of(long bytes) {
        return new Purse(bytes, Optional.of(this));
    }

    /** Takes that many out, where there are so many. */
    boolean pays(long bytes) {
        if (bytes > left || whole.filter(more -> bytes > more.left).isPresent()) {
            return false;
        }
        left -= bytes;
        whole.ifPresent(more -> more.left -= bytes);
        return true;
    }
}
