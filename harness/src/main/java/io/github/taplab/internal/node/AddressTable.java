package io.github.taplab.internal.node;

import io.github.taplab.node.AssignedAddress;
import java.util.List;

/** A node that tells the addresses of all its interfaces, and not only those of its NIC. */
public interface AddressTable {

    /** All addresses, in the kernel's order. One command in the node, {@code ip address show}. */
    List<AssignedAddress> addressesOfAllLinks();
}
