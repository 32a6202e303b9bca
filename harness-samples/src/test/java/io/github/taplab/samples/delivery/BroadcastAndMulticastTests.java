package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ports;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Which frames a macvtap takes from its parent interface: those to its own MAC address, broadcasts, and those to the
 * multicast groups that it has joined itself. What the guest has joined counts only if the macvtap follows, which
 * libvirt has it do with {@code trustGuestRxFilters}: QEMU tells of each change, libvirt joins the same groups.
 */
@LabContainer
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(21)
@DisplayName("Broadcast, multicast and foreign frames: what a macvtap takes in for its guest")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a group is joined as long as its block lasts.
class BroadcastAndMulticastTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Ports NOBODY_LISTENS = new Ports(40_000, 9);
    private static final long GROUP_BIT = 1L << 40;

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
            long heard = datagramsHeardBy(guest);
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
            send(MacAddress.BROADCAST, guest);
            eventually(() -> assertThat(datagramsHeardBy(guest)).isEqualTo(heard + 1));
        }
    }

    @Test
    @Order(2)
    @DisplayName("frames to a group reach a trusted guest as long as it is a member")
    void groupReachesATrustedMember() {
        MacAddress group = groupThatDoesNotArriveAt(trusted);
        MacAddress other = group.sibling();
        long heard = datagramsHeardBy(trusted);

        try (Undo membership = trusted.joinGroup(group)) {
            eventually(() -> assertThat(groupsOfMacvtap(trusted)).contains(group));
            assertThat(arrivals(group, trusted)).contains(group);
            eventually(() -> assertThat(datagramsHeardBy(trusted)).isEqualTo(heard + 1));
        }
        // The kernel works out a macvtap's filter before it strikes a group off the list, so the filter still lets the
        // group pass until the list changes again (seen with 6.18; macvlan.c, macvlan_set_mac_lists).
        try (Undo nextChange = trusted.joinGroup(other)) {
            eventually(
                    () -> assertThat(groupsOfMacvtap(trusted)).contains(other).doesNotContain(group));
            assertThat(arrivals(group, trusted)).doesNotContain(group);
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: they do not reach an untrusted one, member or not")
    void groupDoesNotReachAnUntrustedMember() {
        MacAddress group = groupThatDoesNotArriveAt(untrusted);

        try (Undo membership = untrusted.joinGroup(group);
                Undo later = trusted.joinGroup(group)) {
            // Where libvirt follows, it has by now.
            eventually(() -> assertThat(groupsOfMacvtap(trusted)).contains(group));
            assertThat(groupsOfMacvtap(untrusted)).doesNotContain(group);
            assertThat(arrivals(group, untrusted)).doesNotContain(group);
        }
    }

    @Test
    @Order(4)
    @DisplayName("a trusted guest that takes in all groups gets the frames of all, an untrusted one does not")
    void allMulticast() {
        MacAddress group = groupThatDoesNotArriveAt(trusted);
        MacAddress other = groupThatDoesNotArriveAt(untrusted);

        try (Undo all = untrusted.enableAllMulticast("eth0");
                Undo later = trusted.enableAllMulticast("eth0")) {
            eventually(() -> assertThat(trusted.macvtap().allMulticast()).isTrue());
            assertThat(arrivals(group, trusted)).contains(group);
            assertThat(untrusted.macvtap().allMulticast()).isFalse();
            assertThat(arrivals(other, untrusted)).doesNotContain(other);
        }
    }

    @Test
    @Order(5)
    @DisplayName("frames to a MAC address that is nobody's come to the launcher, but to no guest")
    void foreignUnicastReachesNoGuest() {
        MacAddress nobodys = client.mac().sibling();

        try (Capture atParent = trusted.launcher().capture("eth0", "ether dst " + nobodys)) {
            assertThat(arrivals(nobodys, trusted)).doesNotContain(nobodys);
            assertThat(arrivals(nobodys, untrusted)).doesNotContain(nobodys);
            eventually(() -> assertThat(atParent.frames()).hasSize(2));
        }
    }

    /** Sends a datagram for the guest to a MAC address of its own choice; it may be somebody else's. */
    private void send(MacAddress destination, Guest guest) {
        client.send(EthernetFrame.udp(client.mac(), client.ip(), destination, guest.ip(), NOBODY_LISTENS));
    }

    /**
     * Sends a datagram to a MAC address, and tells to which addresses the client's frames are that the macvtap took in.
     */
    private List<MacAddress> arrivals(MacAddress destination, Guest guest) {
        try (Capture atMacvtap = guest.launcher().capture(guest.macvtap().name(), "ether src " + client.mac())) {
            send(destination, guest);
            // Sent later, and known to come in: then the datagram is not on its way any more.
            client.send(EthernetFrame.probe(client.mac(), MacAddress.BROADCAST));
            atMacvtap.await("the probe", frame -> frame.etherType() == EthernetFrame.ETHERTYPE_EXPERIMENTAL, SOON);
            return atMacvtap.frames().stream().map(Frame::destination).toList();
        }
    }

    /**
     * A group that does not get in by chance. The filter of a macvtap is a hash with 256 places: it also lets groups
     * pass that share the place of one that was joined (macvlan.c of the kernel, {@code mc_hash}).
     */
    private MacAddress groupThatDoesNotArriveAt(Guest guest) {
        for (long n = 0; n < 8; n++) {
            MacAddress group = new MacAddress((client.mac().bits() | GROUP_BIT) ^ n);
            if (!arrivals(group, guest).contains(group)) {
                return group;
            }
        }
        throw new AssertionError("The macvtap of " + guest + " takes in every group that was tried");
    }

    private static List<MacAddress> groupsOfMacvtap(Guest guest) {
        return guest.launcher().groups(guest.macvtap().name());
    }

    /** The guest's kernel counts the datagrams for a port on which nobody listens, whatever MAC address they had. */
    private static long datagramsHeardBy(Guest guest) {
        List<List<String>> udp = guest.shell()
                .run("cat", "/proc/net/snmp")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return Long.parseLong(udp.get(1).get(udp.get(0).indexOf("NoPorts")));
    }
}
