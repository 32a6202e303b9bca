package com.example;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
class DuplicateIpTests {

    @Test
    void sameIpOnContainerAndGuestBreaksSsh(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher); // ip addr add, ip route add default
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(launcher.mac(), guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());

        launcher.removeAddress(); // ip addr del … dev eth0
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }
}
