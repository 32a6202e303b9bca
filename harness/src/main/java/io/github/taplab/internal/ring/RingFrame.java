package io.github.taplab.internal.ring;

import java.time.Instant;
import java.util.Arrays;

/**
 * A frame that passed an interface of a node.
 *
 * @param at when the kernel saw it, by the Docker host's clock, which all nodes share
 * @param node the container's, such as {@code launcher}; a guest's frames pass its macvtap there
 * @param link the interface, such as {@code eth0}
 * @param outgoing whether the kernel sent it out of the interface; otherwise it came in
 * @param bytes from the Ethernet header on, VLAN tag included, cut after the first few hundred
 * @param length of the whole frame, in bytes
 */
public record RingFrame(Instant at, String node, String link, boolean outgoing, byte[] bytes, int length) {

    public RingFrame {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RingFrame that
                && at.equals(that.at)
                && node.equals(that.node)
                && link.equals(that.link)
                && outgoing == that.outgoing
                && Arrays.equals(bytes, that.bytes)
                && length == that.length;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) + 31 * at.hashCode();
    }
}
