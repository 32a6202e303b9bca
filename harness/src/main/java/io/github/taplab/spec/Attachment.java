package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How a guest gets its taps. The guest itself can't tell. */
@API(status = Status.STABLE, since = "0.1.0")
public enum Attachment {
    /** libvirt makes the macvtap and opens it: {@code <interface type='direct'>}. */
    DIRECT,
    /**
     * The macvtap is there before, and libvirt only opens it: {@code <interface type='ethernet'>} with {@code <target
     * managed='no'/>}. This is KubeVirt's way. libvirt then does not change the macvtap, whatever the guest does.
     */
    PRE_CREATED,
    /** No libvirt: QEMU is started with open descriptors of macvtaps, {@code -netdev tap,fd=…}. */
    QEMU,
    /**
     * No macvtap: libvirt makes a tap and plugs it into a bridge of the launcher, {@code <interface type='bridge'>}.
     * The launcher's eth0 is another port of that bridge, {@code br0}, which has taken over its MAC address, its IP
     * addresses and its routes, as on a plain Linux host. KubeVirt's default binding is a tap on a bridge too, but
     * gives the pod's IP address to the guest. All guests of such a launcher are attached so.
     */
    BRIDGE
}
