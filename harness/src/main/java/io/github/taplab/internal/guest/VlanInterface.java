package io.github.taplab.internal.guest;

import io.github.taplab.internal.argument.Call;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;

/** The interface of a VLAN on a NIC, called as the kernel calls it by default: {@code eth0.42}. */
final class VlanInterface {

    private final Call call;
    private final String nic;
    private final int id;

    VlanInterface(Call call, String nic, int id) {
        call.vlan(id);
        this.call = call;
        this.nic = nic;
        this.id = id;
    }

    private String name() {
        return nic + "." + id;
    }

    void add(Shell guest, InterfaceIp address) {
        call.given("an address", address);
        guest.run("ip", "link", "add", "link", nic, "name", name(), "type", "vlan", "id", Integer.toString(id));
        guest.run("ip", "link", "set", "dev", name(), "up");
        guest.run("ip", "address", "add", address.toString(), "dev", name());
    }

    void remove(Shell guest) {
        guest.run("ip", "link", "delete", "dev", name());
    }
}
