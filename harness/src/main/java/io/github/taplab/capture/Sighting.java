package io.github.taplab.capture;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A frame that passed an interface; a value. On its way through a lab one frame is seen several times. No record, since
 * those are not for arrays.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1.0")
public final class Sighting {

    private final String node;
    private final String link;
    private final boolean outgoing;
    private final Frame frame;
    private final byte[] bytes;

    /**
     * A frame at a place.
     *
     * @param node name of the container, such as {@code launcher}; a guest's frames pass its macvtap there
     * @param link the interface, such as {@code eth0}
     * @param outgoing whether it was sent out of the interface; otherwise it came in
     * @param frame its headers, and when it passed
     * @param bytes from the Ethernet header on, VLAN tag included, cut after the first few hundred
     */
    public Sighting(String node, String link, boolean outgoing, Frame frame, byte[] bytes) {
        this.node = node;
        this.link = link;
        this.outgoing = outgoing;
        this.frame = frame;
        this.bytes = bytes.clone();
    }

    /** Name of the container, such as {@code launcher}; a guest's frames pass its macvtap there. */
    public String node() {
        return node;
    }

    /** The interface, such as {@code eth0}. */
    public String link() {
        return link;
    }

    /** Whether it was sent out of the interface; otherwise it came in. What a guest sends goes out of its macvtap. */
    public boolean outgoing() {
        return outgoing;
    }

    /** Its headers, and when it passed. */
    public Frame frame() {
        return frame;
    }

    /** From the Ethernet header on, VLAN tag included, cut after the first few hundred. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether these are one frame at two places, or two frames that are equal to the byte. */
    public boolean isOfSameFrameAs(Sighting other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sighting that
                && node.equals(that.node)
                && link.equals(that.link)
                && outgoing == that.outgoing
                && frame.equals(that.frame)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) + 31 * frame.at().hashCode();
    }

    /** One line: where it passed, and what it is. */
    @Override
    public String toString() {
        return "%s/%s %s: %s".formatted(node, link, outgoing ? "out" : "in", frame);
    }
}
