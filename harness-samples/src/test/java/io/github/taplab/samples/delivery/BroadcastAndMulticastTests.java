package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Which frames a macvtap takes from its parent interface: those to its own MAC address, broadcasts, and those to the
 * multicast groups that it has joined itself. What the guest has joined counts only if the macvtap follows, which
 * libvirt has it do with {@code trustGuestRxFilters}: QEMU tells of each change, libvirt joins the same groups.
 */
@LabContainer
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(503)
@Tag("story")
@Question(
        value = "Why does multicast not reach a guest on a macvtap?",
        answer =
                "A macvtap takes in the groups that it has joined, and joins its guest's only if libvirt trusts the guest",
        asked = "https://github.com/vagrant-libvirt/vagrant-libvirt/issues/650")
@DisplayName("5.3 Broadcast, multicast and foreign frames: what a macvtap takes in for its guest")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a group is joined as long as its block lasts.
class BroadcastAndMulticastTests {

    @FromLab("trusted")
    Guest trusted;

    @FromLab("untrusted")
    Guest untrusted;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("a broadcast reaches every guest")
    void broadcastReachesEveryGuest() {
        for (Guest guest : List.of(trusted, untrusted)) {
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
            assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
        }
    }

    @Test
    @Order(2)
    @DisplayName("frames to a group reach a trusted guest as long as it is a member")
    void groupReachesATrustedMember() {
        MacAddress group = UnheardGroup.at(trusted, client);
        MacAddress next;
        try (Undo membership = trusted.joinGroup(group)) {
            eventually(() -> assertThat(MacvtapGroups.of(trusted)).contains(group));
            assertThat(client.deliver(group, trusted)).isEqualTo(TO_GUEST);
            next = UnheardGroup.at(trusted, client);
        }
        eventually(() -> assertThat(MacvtapGroups.of(trusted)).doesNotContain(group));
        // The kernel works out a macvtap's filter before it strikes a group off the list, so the filter still lets the
        // group pass until the list changes once more (seen with 6.18; macvlan.c, macvlan_set_mac_lists).
        try (Undo nextChange = trusted.joinGroup(next)) {
            eventually(() -> assertThat(MacvtapGroups.of(trusted)).contains(next));
            assertThat(client.deliver(group, trusted)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: they do not reach an untrusted one, member or not")
    void groupDoesNotReachAnUntrustedMember() {
        MacAddress group = UnheardGroup.at(untrusted, client);

        try (Undo membership = untrusted.joinGroup(group);
                Undo later = trusted.joinGroup(group)) {
            // Where libvirt follows, it has by now.
            eventually(() -> assertThat(MacvtapGroups.of(trusted)).contains(group));
            assertThat(MacvtapGroups.of(untrusted)).doesNotContain(group);
            assertThat(client.deliver(group, untrusted)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(4)
    @DisplayName("a trusted guest that takes in all groups gets the frames of all, an untrusted one does not")
    void allMulticast() {
        MacAddress group = UnheardGroup.at(trusted, client);
        MacAddress other = UnheardGroup.at(untrusted, client);

        try (Undo all = untrusted.enableAllMulticast("eth0");
                Undo later = trusted.enableAllMulticast("eth0")) {
            eventually(() -> assertThat(trusted.macvtap().allMulticast()).isTrue());
            assertThat(client.deliver(group, trusted)).isEqualTo(TO_GUEST);
            assertThat(untrusted.macvtap().allMulticast()).isFalse();
            assertThat(client.deliver(other, untrusted)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(5)
    @DisplayName("frames to a MAC address that is nobody's come to the launcher, but to no guest")
    void foreignUnicastReachesNoGuest() {
        MacAddress nobodys = client.mac().sibling();

        assertThat(client.deliver(nobodys, trusted)).isEqualTo(TO_PARENT);
        assertThat(client.deliver(nobodys, untrusted)).isEqualTo(TO_PARENT);
    }
}
