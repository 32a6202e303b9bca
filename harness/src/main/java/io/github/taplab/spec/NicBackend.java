package io.github.taplab.spec;

/** Who moves the frames between the tap and a virtio NIC. */
public enum NicBackend {
    /** The kernel where the Docker host has vhost-net, else QEMU. */
    AUTO,
    /** The kernel (vhost-net). A Docker host without it can't run the lab. */
    VHOST,
    /** QEMU. */
    QEMU
}
