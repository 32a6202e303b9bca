package io.github.taplab.internal.ring;

import java.util.Optional;

/**
 * Why some frames may be missing.
 *
 * @param node in whose ring; empty: in all
 * @param reason such as {@code its recorder has ended}
 */
public record Gap(Optional<String> node, String reason) {

    static Gap of(String node, String reason) {
        return new Gap(Optional.of(node), reason);
    }

    /** As a line for people. */
    @Override
    public String toString() {
        return node.map(name -> name + ": ").orElse("") + reason;
    }
}
