package io.github.taplab.node;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How far a frame came on its way into a guest. */
@API(status = Status.STABLE, since = "0.1.0")
public enum Delivery {
    /** To the interface on which the guest's macvtap hangs, and no farther: the macvtap did not take it in. */
    TO_PARENT,
    /** Into the macvtap and so to the guest's NIC; the guest's kernel did not take it for its own. */
    TO_MACVTAP,
    /** To the IP layer of the guest's kernel. */
    TO_GUEST
}
