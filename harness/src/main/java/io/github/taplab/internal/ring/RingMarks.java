package io.github.taplab.internal.ring;

import java.util.Map;
import java.util.Set;

/** Where the rings of a lab are at a moment, for what comes then. */
public final class RingMarks {

    private final Map<String, RingMark> marks;

    RingMarks(Map<String, RingMark> marks) {
        this.marks = Map.copyOf(marks);
    }

    /** Of what had no ring at that moment, all is later. */
    RingMark of(String node) {
        return marks.getOrDefault(node, RingMark.START);
    }

    /** Names of the nodes that had one. */
    public Set<String> nodes() {
        return marks.keySet();
    }
}
