package io.github.taplab.node;

import java.util.List;

/** The container that owns the parent interface and runs libvirt and QEMU. */
public interface Launcher extends ContainerNode {

    /** The interface on which the macvtaps hang. */
    Link parent();

    /** The macvtaps of all guests. */
    List<Link> macvtaps();

    /** Takes the IPv4 address from the parent interface, as {@code ip addr del} does; its routes go with it. */
    void removeAddress();
}
