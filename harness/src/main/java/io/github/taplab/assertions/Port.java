package io.github.taplab.assertions;

import io.github.taplab.capture.Sighting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Link;
import io.github.taplab.node.Node;

/**
 * The interface through which a node's frames pass.
 *
 * @param container in which it is
 * @param link its name there
 * @param words for messages
 */
record Port(String container, String link, String words) {

    /** A guest's is its macvtap, any other node's its NIC. */
    static Port of(Node node) {
        if (node instanceof Guest guest) {
            Link macvtap = guest.macvtap();
            return new Port(
                    macvtap.node(),
                    macvtap.name(),
                    "%s of %s (%s)".formatted(macvtap.name(), macvtap.node(), node.name()));
        }
        return new Port(node.name(), node.nic(), "%s of %s".formatted(node.nic(), node.name()));
    }

    boolean saw(Sighting sighting) {
        return sighting.node().equals(container) && sighting.link().equals(link);
    }

    @Override
    public String toString() {
        return words;
    }
}
