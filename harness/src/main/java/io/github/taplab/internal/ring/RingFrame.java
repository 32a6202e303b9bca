package io.github.taplab.internal.ring;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A frame that passed an interface of a node; a value. No record, since those are not for arrays. */
public final class RingFrame {

    private final Instant at;
    private final String node;
    private final String link;
    private final boolean outgoing;
    private final byte[] bytes;
    private final int length;

    /**
     * A frame.
     *
     * @param at when the kernel saw it, by the Docker host's clock, which all nodes share
     * @param node the container's, such as {@code launcher}; a guest's frames pass its macvtap there
     * @param link the interface, such as {@code eth0}
     * @param outgoing whether the kernel sent it out of the interface; otherwise it came in
     * @param bytes from the Ethernet header on, VLAN tag included, cut after the first few hundred
     * @param length of the whole frame, in bytes
     */
    public RingFrame(Instant at, String node, String link, boolean outgoing, byte[] bytes, int length) {
        this.at = at;
        this.node = node;
        this.link = link;
        this.outgoing = outgoing;
        this.bytes = bytes.clone();
        this.length = length;
    }

    /** When the kernel saw it, by the Docker host's clock. */
    public Instant at() {
        return at;
    }

    /** The container. */
    public String node() {
        return node;
    }

    /** The interface. */
    public String link() {
        return link;
    }

    /** Whether the kernel sent it; otherwise it came in. */
    public boolean outgoing() {
        return outgoing;
    }

    /** From the Ethernet header on, VLAN tag included, cut after the first few hundred. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Of the whole frame, in bytes. */
    public int length() {
        return length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
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
        return Objects.hash(at, node, link, outgoing, Arrays.hashCode(bytes), length);
    }

    @Override
    public String toString() {
        return "%s %s/%s %s %s"
                .formatted(
                        at, node, link, outgoing ? "out" : "in", HexFormat.of().formatHex(bytes));
    }
}
