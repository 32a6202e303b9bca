package io.github.taplab.internal.node;

import io.github.taplab.node.Undo;

/** The gateway's way to the lab's internet. */
public interface Uplink {

    /** The gateway's interface on the wan. */
    String nic();

    /** Ends the name server. */
    Undo stopDns();

    /** Ends NAT. */
    Undo stopNat();
}
