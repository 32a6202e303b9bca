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
 * A macvtap takes its frames before the parent's IP stack gets them, and sends them past it. Only what sits on the
 * interfaces themselves is on the way: nftables' family netdev, and the hook ingress of the family inet. iptables and
 * the other hooks of the families ip, ip6, inet and arp are not, and see no more than the container's own copy of what
 * is for all stations.
 */
@Question(
        value = "Why does a firewall in the container not see the frames of the guest?",
        answer = "A macvtap's frames go past the container's IP stack, and so past iptables and nftables' families ip,"
                + " inet and arp, which see only the container's own copy of broadcasts; but for inet's hook ingress,"
                + " which sits on eth0 itself and sees what comes in",
        asked = "https://github.com/kubernetes/kubernetes/issues/59044")
@LabContainer
@MacvtapVm
@Order(507)
@DisplayName("5.7 A guest's frames pass no packet filter of its container's IP stack")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a filter is there as long as its block lasts.
class FirewallTests {

    private static final List<String> IP_STACK = List.of("prerouting", "input", "forward", "output", "postrouting");

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName(
            "no hook of the IP stack, prerouting to postrouting, sees the guest's packets; they see the launcher's own")
    void inetDoesNotSeeTheGuest() {
        try (PacketFilter inet = PacketFilter.on(launcher, "inet", inetHooks("accept"))) {
            assertThat(client).reaches(guest.ip());
            assertThat(IP_STACK)
                    .allSatisfy(hook -> assertThat(inet.counted(hook)).isZero());

            assertThat(client).reaches(launcher.ip());
            assertThat(List.of("prerouting", "input", "output", "postrouting"))
                    .allSatisfy(hook -> assertThat(inet.counted(hook)).isPositive());
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a rule there that drops everything cuts off the launcher, and not its guest")
    void inetDoesNotStopTheGuest() {
        try (PacketFilter inet = PacketFilter.on(launcher, "inet", inetHooks("drop"))) {
            assertThat(client).reaches(guest.ip()).doesNotReach(launcher.ip());
        }
    }

    private static Chain[] inetHooks(String verdict) {
        return IP_STACK.stream()
                .map(hook -> new Chain(hook, hook, "meta l4proto icmp", verdict))
                .toArray(Chain[]::new);
    }

    @Test
    @Order(3)
    @DisplayName("a question to all stations the launcher gets a copy of: to drop that copy changes nothing")
    void theLaunchersCopyIsNoneOfTheGuests() {
        try (PacketFilter arp = PacketFilter.on(launcher, "arp", Chain.dropping("input", ""))) {
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
            assertThat(arp.counted("input")).isPositive();
        }
        try (PacketFilter netdev =
                PacketFilter.on(launcher, "netdev", Chain.dropping("ingress", "eth0", "arp operation request"))) {
            assertThat(client.whoHas(guest.ip())).isNotAnswered();
        }
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: family inet's hook ingress sits on eth0, and what comes in for the guest it drops")
    void inetIngressStopsTheGuest() {
        String toGuest = "ip daddr " + guest.ip().getHostAddress();
        try (PacketFilter inet = PacketFilter.on(launcher, "inet", Chain.dropping("ingress", "eth0", toGuest))) {
            assertThat(client).reaches(launcher.ip()).doesNotReach(guest.ip());
            assertThat(inet.counted("dropped")).isPositive();
        }
        assertThat(client).reaches(guest.ip());
    }
}
