package io.github.taplab.spec;

import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What the guest takes its NIC for. */
@API(status = Status.STABLE, since = "0.1.0")
public enum NicModel {
    /** The paravirtual NIC of KVM guests. */
    VIRTIO,
    /** An emulated Intel 82574L, for guests without virtio. */
    E1000E;

    /** libvirt's word for the {@code type} of {@code <model>}. */
    public String libvirtName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** QEMU's word for the driver of {@code -device}. */
    public String qemuName() {
        return this == VIRTIO ? "virtio-net-pci" : libvirtName();
    }
}
