package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@EachAttachment
@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
@Order(801)
@Tag("story")
@DisplayName("8.1 A guest restarts")
class RebootTests {

    @Test
    @DisplayName("QEMU and the macvtap stay what they were; what the guest knew is gone, what it is given works again")
    void macvtapStays(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher);
        launcher.removeAddress();
        var address = guest.interfaceIp();
        Link before = guest.macvtap();
        String qemu = launcher.sh("pidof qemu-system-$(uname -m)").text();

        guest.reboot();

        assertThat(launcher.sh("pidof qemu-system-$(uname -m)")).printed(qemu);
        assertThat(guest.macvtap().index()).isEqualTo(before.index());
        assertThat(guest.macvtap()).hasMac(before.mac()).hasMac(guest.mac());
        assertThat(guest).hasNoIpv4Address();

        guest.addAddress(address);
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }
}
