package io.github.taplab.internal.guest;

/** Where the lab image keeps the small guest, and what that promises. */
final class SmallGuest {

    static final String KERNEL = "/usr/share/taplab/guest/kernel";
    static final String INITRD = "/usr/share/taplab/guest/initrd";
    static final String CMDLINE = "/usr/share/taplab/guest/cmdline";
    static final String HOST_KEY = "/etc/dropbear/host_key.pub";
    static final String AUTHORIZED_KEYS = "/root/.ssh/authorized_keys";
    static final String RESOLV_CONF = "/etc/resolv.conf";

    private SmallGuest() {}

    /** Name of a NIC in the guest. */
    static String nic(int index) {
        return "eth" + index;
    }
}
