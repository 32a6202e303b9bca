package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.samples.delivery.PacketFilter.Chain;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The hooks of nftables' family netdev sit on an interface, before whatever is on top of it gets a frame and after it
 * has sent one. A unicast frame from macvtap to macvtap is shown to the parent as one that came in, for whoever listens
 * there, and never goes out (macvlan.c of the kernel, {@code macvlan_queue_xmit}).
 */
@Question(
        value = "Where can a packet filter see and stop the frames of a guest on a macvtap?",
        answer =
                "In nftables' family netdev, on eth0 and on the macvtap, ingress for what the guest gets and egress for"
                        + " what it sends; but what goes to another guest never meets eth0's egress",
        asked = "https://github.com/kubernetes/kubernetes/issues/59044")
@LabContainer
@MacvtapVm(name = "guest")
@MacvtapVm(name = "neighbour")
@Order(508)
@DisplayName("5.8 A guest's frames pass the netdev hooks of its macvtap and of the parent")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a filter is there as long as its block lasts.
class NetdevHooksTests {

    @FromLab
    Launcher launcher;

    @FromLab("guest")
    Guest guest;

    @FromLab("neighbour")
    Guest neighbour;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("netdev hooks see each frame twice: on eth0 and on the macvtap, in and out")
    void netdevSeesTheGuest() {
        try (PacketFilter netdev = onAllDevices(guest)) {
            assertThat(client).reaches(guest.ip());
            assertThat(List.of("parentIn", "macvtapIn", "macvtapOut", "parentOut"))
                    .allSatisfy(hook -> assertThat(netdev.counted(hook)).isPositive());
        }
    }

    @Test
    @Order(2)
    @DisplayName("what one guest sends to another comes in on eth0 too, and never goes out of it")
    void betweenGuests() {
        try (PacketFilter netdev = onAllDevices(neighbour)) {
            assertThat(guest).reaches(neighbour.ip());
            assertThat(netdev.counted("parentIn"))
                    .isEqualTo(netdev.counted("macvtapIn"))
                    .isPositive();
            assertThat(netdev.counted("macvtapOut")).isPositive();
            assertThat(netdev.counted("parentOut")).isZero();
        }
    }

    private PacketFilter onAllDevices(Guest asked) {
        String request = "icmp type echo-request ip daddr " + asked.ip().getHostAddress();
        String reply = "icmp type echo-reply ip saddr " + asked.ip().getHostAddress();
        String macvtap = asked.macvtap().name();
        return PacketFilter.on(
                launcher,
                "netdev",
                Chain.counting("parentIn", "ingress", "eth0", request),
                Chain.counting("macvtapIn", "ingress", macvtap, request),
                Chain.counting("macvtapOut", "egress", macvtap, reply),
                Chain.counting("parentOut", "egress", "eth0", reply));
    }

    @Test
    @Order(3)
    @DisplayName(
            "broken on purpose: a rule there cuts the guest off, on its way in at eth0, on its way out at the macvtap")
    void netdevStopsTheGuest() {
        String ip = guest.ip().getHostAddress();
        try (PacketFilter in =
                PacketFilter.on(launcher, "netdev", Chain.dropping("ingress", "eth0", "ip daddr " + ip))) {
            assertThat(client).doesNotReach(guest.ip()).reaches(neighbour.ip());
        }
        try (PacketFilter out = PacketFilter.on(
                launcher, "netdev", Chain.dropping("egress", guest.macvtap().name(), ""))) {
            assertThat(client).doesNotReach(guest.ip()).reaches(neighbour.ip());
        }
        assertThat(client).reaches(guest.ip());
    }
}
