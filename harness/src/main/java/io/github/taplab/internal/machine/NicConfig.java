package io.github.taplab.internal.machine;

import io.github.taplab.node.NotThereException;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicSpec;

/**
 * A NIC of a machine, with all that its spec leaves open decided.
 *
 * @param spec what the user declared
 * @param index 0 for eth0
 * @param mac of the NIC, and of the macvtap when it is made
 * @param parent the interface that the macvtap hangs on, or the bridge into which the tap is plugged
 * @param macvtap name of the macvtap where the launcher makes it; libvirt chooses its own names
 * @param vhost whether the host's kernel moves the frames; otherwise QEMU does
 */
public record NicConfig(NicSpec spec, int index, MacAddress mac, String parent, String macvtap, boolean vhost) {

    /** What is thrown where the NIC is asked for while it is taken out; it may be put in again. */
    public NotThereException takenOut(String machine) {
        return new NotThereException("%s has no NIC with the MAC address %s at present".formatted(machine, mac));
    }
}
