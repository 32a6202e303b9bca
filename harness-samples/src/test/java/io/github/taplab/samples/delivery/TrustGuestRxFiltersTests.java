package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(ipv6 = true)
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(501)
@Question(
        value = "Why does IPv6 not work on a macvtap?",
        answer =
                "The macvtap does not join the group by which neighbours ask for the guest's address, unless libvirt is told to trust the guest",
        asked = {
            "https://github.com/virt-manager/virt-manager/issues/676",
            "https://github.com/cockpit-project/cockpit-machines/issues/1968"
        })
@DisplayName("5.1 trustGuestRxFilters: whether the macvtap follows its guest")
class TrustGuestRxFiltersTests {

    @Test
    @Order(1)
    @DisplayName("yes: the macvtap takes the guest's changed MAC address over, libvirt shows it, SSH works")
    void macvtapFollowsATrustedGuest(@FromLab("trusted") Guest guest, Client client) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        guest.setMac(changed);
        try {
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
            assertThat(guest.domainXml()).contains("currentAddress='" + changed + "'");
            client.flushNeighbours();
            assertThat(client.ssh(guest)).isConnected();
        } finally {
            guest.setMac(original);
        }
    }

    @Test
    @Order(2)
    @DisplayName("no: the macvtap keeps its MAC address, SSH times out")
    void macvtapKeepsItsMacUnderAnUntrustedGuest(@FromLab("untrusted") Guest guest, Client client) {
        MacAddress original = guest.mac();
        guest.setMac(original.sibling());
        try {
            client.flushNeighbours();
            assertThat(client.ssh(guest)).timedOut();
            assertThat(guest.macvtap()).hasMac(original);
            assertThat(guest.domainXml()).doesNotContain(original.sibling().toString());
        } finally {
            guest.setMac(original);
        }
    }

    /**
     * IPv6 asks for a neighbour by multicast, to a group made of the address's last 24 bits. A macvtap passes on the
     * groups that it has joined itself, and joins the guest's only if it may trust the guest's list.
     */
    @Test
    @Order(3)
    @DisplayName("yes: IPv6 neighbour discovery reaches the guest, since the macvtap joins each address's group")
    void neighbourDiscoveryReachesATrustedGuest(@FromLab("trusted") Guest guest, Client client) {
        InterfaceIp address = UnheardGroup.addressAt(guest, client);
        MacAddress group = SolicitedNode.groupOf(address.ip());
        assertThat(MacvtapGroups.of(guest)).doesNotContain(group);

        take(guest, address);
        try {
            eventually(() -> assertThat(MacvtapGroups.of(guest)).contains(group));
            client.flushNeighbours();
            assertThat(client).reaches(address.ip()).hasNeighbour(address.ip(), guest.mac());
        } finally {
            guest.removeAddress(address);
        }
    }

    @Test
    @Order(4)
    @DisplayName("no: it does not, while ARP, a broadcast, does")
    void neighbourDiscoveryDoesNotReachAnUntrustedGuest(@FromLab("untrusted") Guest guest, Client client) {
        InterfaceIp address = UnheardGroup.addressAt(guest, client);

        take(guest, address);
        try {
            assertThat(MacvtapGroups.of(guest)).doesNotContain(SolicitedNode.groupOf(address.ip()));
            client.flushNeighbours();
            assertThat(client).doesNotReach(address.ip());
            assertThat(client).reaches(guest.ip());
        } finally {
            guest.removeAddress(address);
        }
    }

    private static void take(Guest guest, InterfaceIp address) {
        guest.addAddress(address);
        // From then on the guest has joined the address's group.
        eventually(() -> assertThat(guest).hasUsableAddress(address.ip()));
        assertThat(guest.groups("eth0")).contains(SolicitedNode.groupOf(address.ip()));
    }
}
