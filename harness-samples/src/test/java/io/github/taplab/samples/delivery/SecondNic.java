package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.spec.InterfaceIp;

/** The second NIC of a running guest, on a parent that a test has made. */
final class SecondNic {

    static final String NAME = "eth1";

    private SecondNic() {}

    /** Has libvirt plug it in, and gives it an address. */
    static void plugIn(Launcher launcher, Guest guest, String parent, InterfaceIp address) {
        launcher.sh(
                ("echo \"<interface type='direct'><source dev='%s' mode='bridge'/><model type='virtio'/></interface>\""
                                + " >/tmp/nic.xml && virsh attach-device %s /tmp/nic.xml --live")
                        .formatted(parent, guest.name()));
        eventually(() -> assertThat(guest.links()).extracting(Link::name).contains(NAME));
        guest.run("ip", "link", "set", NAME, "up");
        guest.run("ip", "address", "add", address.toString(), "dev", NAME);
    }
}
