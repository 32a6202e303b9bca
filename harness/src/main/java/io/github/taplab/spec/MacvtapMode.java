package io.github.taplab.spec;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How a macvtap deals with the others on its parent interface (kernel: {@code MACVLAN_MODE_…}). */
@API(status = Status.STABLE, since = "0.1.0")
public enum MacvtapMode {
    /** Macvtaps of one parent reach each other directly. */
    BRIDGE,
    /** Every frame leaves through the parent; the switch outside has to send back what is for a neighbour (hairpin). */
    VEPA,
    /** As {@link #VEPA}, but frames that come back from a neighbour are dropped. */
    PRIVATE,
    /** The macvtap has the parent for itself: one only, with the parent's MAC address set to its own. */
    PASSTHRU;

    /** The kernel's and iproute2's word. */
    public String kernelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** libvirt's word for the {@code mode} of {@code <source dev=…>}. */
    public String libvirtName() {
        return this == PASSTHRU ? "passthrough" : kernelName();
    }
}
