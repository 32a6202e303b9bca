package io.github.taplab.samples.identity;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;

/** A station in a guest that has a MAC address of its own, and the guest's NIC as its way to the network. */
final class InnerStation {

    private InnerStation() {}

    /** A macvlan, as keepalived makes one for a virtual router. */
    static Undo macvlan(Guest guest, MacAddress mac) {
        guest.run("ip", "link", "add", "link", "eth0", "name", "vrrp0", "address", mac.toString(), "type", "macvlan");
        guest.setUp("vrrp0");
        return () -> guest.run("ip", "link", "delete", "vrrp0");
    }

    /** A bridge, as nested machines have one; it puts the NIC into promiscuous mode. */
    static Undo bridge(Guest guest, MacAddress mac) {
        guest.run("ip", "link", "add", "br0", "address", mac.toString(), "type", "bridge");
        guest.setUp("br0");
        guest.run("ip", "link", "set", "dev", "eth0", "master", "br0");
        return () -> guest.run("ip", "link", "delete", "br0");
    }
}
