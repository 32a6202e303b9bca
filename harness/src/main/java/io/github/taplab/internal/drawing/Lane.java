package io.github.taplab.internal.drawing;

/**
 * A vertical line of a sequence diagram: a port at which frames are seen.
 *
 * @param node of the port, such as {@code launcher}
 * @param link of the port, such as {@code macvtap0}
 * @param title whose port it is: of a macvtap its guest
 */
public record Lane(String node, String link, String title) {

    /** The port, as captures name it. */
    String port() {
        return node + "/" + link;
    }
}
