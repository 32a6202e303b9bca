package io.github.taplab.node;

/** A virtual machine whose NIC is a macvtap of the launcher. */
public interface Guest extends Node {

    /** A root shell that needs no network. */
    GuestShell shell();

    /** The launcher's end of the NIC. */
    Link macvtap();

    /** Adds another node's IPv4 address to this guest's NIC, and its default route. The other node keeps both. */
    void copyAddressFrom(Node other);

    /** The last lines of the serial console. */
    String consoleTail(int lines);

    /** The live XML of libvirt's domain. */
    String domainXml();
}
