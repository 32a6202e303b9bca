package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(trustGuestRxFilters = true)
@Order(207)
@DisplayName("2.7 The container's MAC and IP address are handed over to the guest")
@Question(
        value = "Can a VM have the MAC and the IP address that its container was given?",
        answer = "Yes, if the container's interface takes another MAC address first: then the macvtap can have it, and"
                + " whoever knew the container goes on with the VM without having to learn anything",
        asked = "https://github.com/kubevirt/kubevirt/issues/4566")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class HandedOverMacTests {

    @FromLab
    Lab lab;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private MacAddress containers;
    private MacAddress guests;

    @BeforeEach
    void nameTheAddresses() {
        containers = launcher.mac();
        guests = guest.mac();
    }

    @Test
    @Order(1)
    @DisplayName("eth0 takes another, the guest takes eth0's: the client that knew the container gets to the guest")
    void clientThatKnewTheContainerGetsToTheGuest() {
        InterfaceIp address = launcher.interfaceIp();
        InetAddress gateway = lab.subnet().host(HostNumbers.GATEWAY);
        client.flushNeighbours();
        assertThat(client).reaches(address.ip()).hasNeighbour(address.ip(), containers);

        launcher.removeAddress(address);
        guest.addAddress(address);
        try (Undo givenUp = launcher.spoofMac(containers.sibling());
                Undo taken = guest.spoofMac(containers)) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(containers));

            // Nobody has told it, and it has forgotten nothing.
            assertThat(client.ssh(guest, address.ip())).isConnected();
            assertThat(client).hasNeighbour(address.ip(), containers);
            assertThat(client.whoHas(address.ip())).isAnsweredOnlyBy(containers);
        } finally {
            guest.removeAddress(address);
            launcher.addAddress(address);
            launcher.addDefaultRoute(gateway);
        }
        eventually(() -> assertThat(guest.macvtap()).hasMac(guests));
    }

    /** libvirt is refused, as is who tries it by hand, and it hears of no change of the parent. */
    @Test
    @Order(2)
    @DisplayName("broken on purpose: taken before eth0 has given it up, the macvtap can't have it, nor does it later")
    void takenTooEarlyItIsOfNoUse() {
        String macvtap = guest.macvtap().name();
        try (Undo taken = guest.spoofMac(containers)) {
            // From then on libvirt knows of it, and has tried.
            eventually(() -> assertThat(guest.domainXml()).contains("currentAddress='" + containers + "'"));
            assertThat(setMac(macvtap, containers)).failed();

            try (Undo givenUp = launcher.spoofMac(containers.sibling())) {
                assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
                assertThat(client.deliver(containers, guest)).isEqualTo(TO_PARENT);
                assertThat(guest.macvtap()).hasMac(guests);

                assertThat(setMac(macvtap, containers)).succeeded();
                assertThat(client.deliver(containers, guest)).isEqualTo(TO_GUEST);
                assertThat(setMac(macvtap, guests)).succeeded();
            }
        }
    }

    private CommandResult setMac(String macvtap, MacAddress mac) {
        return launcher.tryRun("ip", "link", "set", "dev", macvtap, "address", mac.toString());
    }
}
