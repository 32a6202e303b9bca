package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_MACVTAP;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(attachment = Attachment.PRE_CREATED)
@Order(206)
@DisplayName("2.6 A macvtap with another MAC address than its guest's")
@Question(
        value = "Why do broadcasts reach a VM on a macvtap or macvlan in a container, but no answer to what it sends?",
        answer = "The interface takes in unicast to its own MAC address alone, and the VM's NIC has another; what the"
                + " VM sends gets out. Give both the same, or use mode passthru",
        asked = {
            "https://github.com/srl-labs/containerlab/issues/1814",
            "https://github.com/srl-labs/containerlab/issues/2865",
            "https://github.com/srl-labs/vrnetlab/pull/407",
            "https://github.com/kubevirt/kubevirt/pull/2935"
        })
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class MacvtapsMacTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("broken on purpose: its macvtap's is changed under a running guest, and only broadcasts come in")
    void changedUnderARunningGuest(Guest guest) {
        try (Undo other = give(guest.mac().sibling(), guest.macvtap().name())) {
            assertThatOnlyBroadcastsComeIn(guest);
            // Taken in, and dropped by the guest's kernel, whose it is not.
            assertThat(client.deliver(guest.macvtap().mac(), guest)).isEqualTo(TO_MACVTAP);
        }
        assertThatAllComesIn(guest);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a NIC that never had its macvtap's, and only broadcasts come in")
    void differentFromTheStart(Guest guest) {
        MacAddress own = guest.mac();
        String macvtap = guest.macvtap().name();
        Undo other;
        try (Undo nic = guest.hotUnplug()) {
            other = give(own.sibling(), macvtap);
        }
        try (other) {
            assertThat(guest).hasMac(own);
            assertThatOnlyBroadcastsComeIn(guest);
        }
        assertThatAllComesIn(guest);
    }

    /** What vrnetlab does for its routers: it starts them with the MAC address that the container's interface has. */
    @Test
    @Order(3)
    @DisplayName("the cure from inside: the guest takes its macvtap's, and everything comes in")
    void guestTakesItsMacvtaps(Guest guest) {
        try (Undo other = give(guest.mac().sibling(), guest.macvtap().name());
                Undo same = guest.spoofMac(guest.macvtap().mac())) {
            assertThatAllComesIn(guest);
        }
    }

    @Test
    @Order(4)
    @DisplayName("the cure from outside: the macvtap is given the guest's by hand, which needs no trust")
    void macvtapIsGivenTheGuests(Guest guest) {
        MacAddress original = guest.mac();
        String macvtap = guest.macvtap().name();
        try (Undo changed = guest.spoofMac(original.sibling())) {
            assertThatOnlyBroadcastsComeIn(guest);
            try (Undo given = give(original.sibling(), macvtap)) {
                assertThatAllComesIn(guest);
            }
        }
    }

    private void assertThatOnlyBroadcastsComeIn(Guest guest) {
        assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
        assertThat(client.deliver(guest.mac(), guest)).isEqualTo(TO_PARENT);
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    private void assertThatAllComesIn(Guest guest) {
        assertThat(client.deliver(guest.mac(), guest)).isEqualTo(TO_GUEST);
        client.flushNeighbours();
        assertThat(client).reaches(guest.ip());
    }

    private Undo give(MacAddress mac, String macvtap) {
        MacAddress before = launcher.link(macvtap).mac();
        setMac(macvtap, mac);
        return () -> setMac(macvtap, before);
    }

    private void setMac(String macvtap, MacAddress mac) {
        launcher.run("ip", "link", "set", "dev", macvtap, "address", mac.toString());
    }
}
