package io.github.taplab.assertions;

import io.github.taplab.capture.Sighting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
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

    /** A guest's is its macvtap, a launcher's its parent interface, any other node's its NIC. */
    static Port of(Node node) {
        if (node instanceof Guest guest) {
            Link macvtap = guest.macvtap();
            return new Port(
                    macvtap.node(),
                    macvtap.name(),
                    "%s of %s (%s)".formatted(macvtap.name(), macvtap.node(), node.name()));
        }
        String link = node instanceof Launcher launcher ? launcher.parent().name() : node.nic();
        return new Port(node.name(), link, "%s of %s".formatted(link, node.name()));
    }

    boolean saw(Sighting sighting) {
        return sighting.node().equals(container) && sighting.link().equals(link);
    }

    @Override
    public String toString() {
        return words;
    }
}
