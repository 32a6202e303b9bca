package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Which IPv4 address a guest's NIC has when the first test starts. */
@API(status = Status.STABLE, since = "0.1.0")
public enum GuestAddress {
    /** None, and no route: what a guest without DHCP has after its boot. */
    NONE,
    /** A further address of the lab's subnet, with a default route through the gateway. */
    OWN,
    /**
     * The launcher's address and default route; the launcher loses them. This is what KubeVirt does for a macvtap
     * binding, and why it does so is what the duplicate-address specs show.
     */
    TAKE_OVER
}
