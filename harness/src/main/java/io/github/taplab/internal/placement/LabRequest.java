package io.github.taplab.internal.placement;

import io.github.taplab.spec.LabSpec;
import java.util.Set;

/**
 * What a test class wants.
 *
 * @param name the class's, for labels and messages
 * @param spec what the lab shall be
 * @param asked names of the clients, and of the gateway, that are known to be asked for
 */
public record LabRequest(String name, LabSpec spec, Set<String> asked) {

    public LabRequest {
        asked = Set.copyOf(asked);
    }

    /** Whether the same lab would do for both. */
    boolean isLike(LabRequest other) {
        return spec.equals(other.spec) && asked.equals(other.asked);
    }

    /** Whether it is that of a class, or of one inside it. */
    boolean isOf(String testClass) {
        return name.equals(testClass) || name.startsWith(testClass + "$");
    }

    /** Whether it can be made while others run: two labs can't have the same subnet. */
    boolean canBeAhead() {
        return spec.subnet().isEmpty();
    }

    String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
