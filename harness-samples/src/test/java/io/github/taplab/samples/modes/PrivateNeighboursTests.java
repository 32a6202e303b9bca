package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacvtapMode;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * ARP and neighbour discovery begin with a frame for many. One that comes back from the switch is given to nobody but
 * its sender, if that is in mode private; a frame for one is given to whom it is for (macvlan.c of the kernel,
 * {@code macvlan_handle_frame}).
 */
@Question(
        value = "Are guests on macvtaps in mode private isolated from each other even if the switch sends frames back?",
        answer =
                "They do not find each other, by ARP nor by neighbour discovery; but a guest that knows the other's MAC"
                        + " address reaches it through a hairpin")
@LabContainer(ipv6 = true)
@MacvtapVm(name = "guest", mode = MacvtapMode.PRIVATE)
@MacvtapVm(name = "neighbour", mode = MacvtapMode.PRIVATE)
@Order(407)
@DisplayName("4.7 Mode private hides neighbours from each other, and is no wall")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; the rest is on as long as its block lasts.
class PrivateNeighboursTests {

    @FromLab
    Launcher launcher;

    @FromLab("guest")
    Guest guest;

    @FromLab("neighbour")
    Guest neighbour;

    @Test
    @Order(1)
    @DisplayName("not even through a hairpin does a guest find its neighbour, by IPv4 nor by IPv6")
    void neighboursDoNotFindEachOther(Client client) {
        assertThat(client).reaches(neighbour.ip());
        assertThat(guest.whoHas(neighbour.ip())).isNotAnswered();
        try (Undo hairpin = launcher.enableHairpin()) {
            assertThat(guest.whoHas(neighbour.ip())).isNotAnswered();
            assertThat(guest.whoHas(neighbour.ip6())).isNotAnswered();
            // Untrusted, it is found since its two addresses end alike, and so have one group (rule 3.13).
            assertThat(client.whoHas(neighbour.ip6())).isAnsweredOnlyBy(neighbour.mac());
        }
    }

    @Test
    @Order(2)
    @DisplayName("a guest that knows its neighbour's MAC address does not reach it without a hairpin")
    void withoutAHairpinTheAddressIsOfNoUse() {
        InetAddress ip = neighbour.ip();
        try (Undo there = guest.poisonNeighbour(ip, neighbour.mac());
                Undo back = neighbour.poisonNeighbour(guest.ip(), guest.mac())) {
            assertThat(guest).doesNotReach(ip);
        }
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: with a hairpin it does, by IPv4 and by IPv6")
    void withAHairpinTheAddressIsEnough() {
        try (Undo hairpin = launcher.enableHairpin()) {
            reachesWithKnownMac(neighbour.ip(), guest.ip());
            reachesWithKnownMac(neighbour.ip6(), guest.ip6());
        }
    }

    private void reachesWithKnownMac(InetAddress neighbours, InetAddress guests) {
        assertThat(guest).doesNotReach(neighbours);
        try (Undo there = guest.poisonNeighbour(neighbours, neighbour.mac());
                Undo back = neighbour.poisonNeighbour(guests, guest.mac())) {
            assertThat(guest).reaches(neighbours);
        }
    }
}
