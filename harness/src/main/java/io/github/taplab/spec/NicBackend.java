package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Who moves the frames between the tap and a virtio NIC. */
@API(status = Status.STABLE, since = "0.1.0")
public enum NicBackend {
    /** The kernel where the Docker host has vhost-net, else QEMU. */
    AUTO,
    /** The kernel (vhost-net). A Docker host without it can't run the lab. */
    VHOST,
    /** QEMU. */
    QEMU
}
