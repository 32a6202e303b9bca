package io.github.taplab.node;

import io.github.taplab.spec.Attachment;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The container that owns the parent interface and runs libvirt and QEMU. Its {@link #nic()} is that interface, or with
 * {@link Attachment#BRIDGE} the bridge of which that is a port: {@code br0}.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Launcher extends ContainerNode {

    /**
     * The interface on which the macvtaps hang, or which is a port of the bridge: {@code eth0}. One command in the
     * launcher, {@code ip link show dev}.
     *
     * @throws NotThereException if it is not there
     */
    Link parent();

    /** The macvtaps of all guests; guests on a bridge have none. One command in the launcher, {@code ip link show}. */
    List<Link> macvtaps();

    /**
     * Takes the IPv4 address from {@link #nic()}, as {@code ip addr del} does; its routes go with it.
     *
     * @throws NotThereException if it has none
     * @throws IllegalStateException if it has several
     */
    void removeAddress();
}
