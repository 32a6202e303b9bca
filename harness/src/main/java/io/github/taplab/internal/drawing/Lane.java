package io.github.taplab.internal.drawing;

/**
 * A vertical line of a sequence diagram: a port at which frames are seen.
 *
 * @param node of the port, such as {@code launcher}
 * @param link of the port, such as {@code macvtap0}
 * @param title whose port it is: of a macvtap, or a tap, its guest
 * @param turned whether what comes in at the port comes from whose it is, as at a tap on a bridge
 */
public record Lane(String node, String link, String title, boolean turned) {

    /** A NIC, or a macvtap. */
    public Lane(String node, String link, String title) {
        this(node, link, title, false);
    }

    /** The port, as captures name it. */
    String port() {
        return node + "/" + link;
    }
}
