package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_MACVTAP;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.samples.delivery.UnheardGroup;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(
        ipv6 = true,
        launchers = {"trusting", "distrusting"})
@MacvtapVm(name = "trusted", launcher = "trusting", mode = MacvtapMode.PASSTHRU, trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted", launcher = "distrusting", mode = MacvtapMode.PASSTHRU)
@Order(205)
@DisplayName("2.5 A changed MAC address in mode passthru")
@Question(
        value = "Why does mode passthru cure a guest whose MAC address is not its macvtap's?",
        answer = "A macvtap in mode passthru has its parent for itself and takes in every unicast frame, whatever MAC"
                + " address it is for and whether the guest is trusted or not",
        asked = "https://github.com/srl-labs/containerlab/issues/1814")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class ChangedMacPassthruTests {

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("without trust its macvtap keeps the old one, and all unicast comes in all the same")
    void withoutTrustAllUnicastComesIn(@FromLab("untrusted") Guest guest) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        try (Undo other = guest.spoofMac(changed)) {
            assertThatUnicastComesIn(guest, changed);
            assertThat(guest.macvtap()).hasMac(original);
            // For others too: it is the guest's kernel that does not take a frame to its old address for its own.
            assertThat(client.deliver(original, guest)).isEqualTo(TO_MACVTAP);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a group's frames do not, unless the macvtap takes in all groups")
    void withoutTrustGroupsDoNotComeIn(@FromLab("untrusted") Guest guest) {
        MacAddress group = UnheardGroup.at(guest, client);
        try (Undo all = guest.launcher().enableAllMulticast(guest.macvtap().name())) {
            assertThat(client.deliver(group, guest)).isEqualTo(TO_MACVTAP);
        }
        assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
    }

    @Test
    @Order(3)
    @DisplayName("with trust its macvtap follows, and the parent interface does with it")
    void withTrustTheParentFollowsToo(@FromLab("trusted") Guest guest) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        assertThat(guest.launcher()).hasMac(original);
        try (Undo other = guest.spoofMac(changed)) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
            assertThat(guest.launcher()).hasMac(changed);
            assertThatUnicastComesIn(guest, changed);
        }
        eventually(() -> assertThat(guest.launcher()).hasMac(original));
    }

    @Test
    @Order(4)
    @DisplayName("nor does it matter that the macvtap's is changed under the guest")
    void macvtapsChangeDoesNotMatter(@FromLab("untrusted") Guest guest) {
        MacAddress own = guest.mac();
        setMacOfMacvtap(guest, own.sibling());
        try {
            assertThat(guest.launcher()).hasMac(own.sibling());
            assertThatUnicastComesIn(guest, own);
        } finally {
            setMacOfMacvtap(guest, own);
        }
    }

    private void assertThatUnicastComesIn(Guest guest, MacAddress mac) {
        assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
        assertThat(client.deliver(mac, guest)).isEqualTo(TO_GUEST);
        client.flushNeighbours();
        guest.flushNeighbours();
        assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), mac);
        // IPv6's question is a multicast, which is another rule: so the client is told where the guest is.
        try (Undo known = client.poisonNeighbour(guest.ip6(), mac)) {
            assertThat(client).reaches(guest.ip6());
        }
    }

    private static void setMacOfMacvtap(Guest guest, MacAddress mac) {
        guest.launcher().run("ip", "link", "set", "dev", guest.macvtap().name(), "address", mac.toString());
    }
}
