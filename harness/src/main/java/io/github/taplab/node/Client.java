package io.github.taplab.node;

import io.github.taplab.spec.MacAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A container on the lab's network beside the launcher: the place to test from. */
@API(status = Status.STABLE, since = "0.1.0")
public interface Client extends ContainerNode {

    /**
     * Sends one datagram to a guest's IPv4 address in a frame to a MAC address of your choice, be it somebody else's, a
     * group's or nobody's, and tells how far it came.
     *
     * <p>That it came no farther than to the parent interface is known from a broadcast that was sent after it and that
     * the macvtap did take in. Nobody listens on the datagram's port: the guest's kernel counts it, whichever MAC
     * address it had, and one that is not counted within five seconds has not come.
     *
     * @throws AssertionError if nothing can be told, since the frame did not come to the parent interface, or the
     *     broadcast not into the macvtap; the message lists the frames that did
     * @throws NotThereException if the guest has no IPv4 address
     */
    Delivery deliver(MacAddress destination, Guest guest);
}
