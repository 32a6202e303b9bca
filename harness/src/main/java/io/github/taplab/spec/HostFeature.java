package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a Docker host may have or not, and a lab may insist on. */
@API(status = Status.STABLE, since = "0.1.0")
public enum HostFeature {
    /** Guests run under KVM, and are not emulated. */
    KVM,
    /** The kernel can move the frames of virtio NICs (vhost-net). */
    VHOST_NET,
    /** The kernel can delay frames (netem). */
    NETEM
}
