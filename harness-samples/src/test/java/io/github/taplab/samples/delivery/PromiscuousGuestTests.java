package io.github.taplab.samples.delivery;

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
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A NIC in promiscuous mode takes in what comes to it, but what comes to it is the macvtap's business. That one looks
 * up the receiver of a unicast frame by its MAC address, even where it is promiscuous itself; only in mode passthru,
 * where it has the parent interface for itself, there is nobody else and it takes every frame (macvlan.c of the kernel,
 * {@code macvlan_handle_frame}).
 */
@LabContainer(launchers = {"shared", "single"})
@MacvtapVm(name = "trusted", launcher = "shared", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted", launcher = "shared")
@MacvtapVm(name = "alone", launcher = "single", mode = MacvtapMode.PASSTHRU)
@Order(504)
@Question(
        value = "What does a promiscuous guest on a macvtap hear of others?",
        answer = "No unicast, trusted or not, and the frames of all groups if it is trusted; in mode passthru it hears"
                + " all unicast that comes in on the parent",
        asked = "https://bugs.launchpad.net/neutron/+bug/1480979")
@DisplayName("5.4 A promiscuous guest")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; the mode is on as long as its block lasts.
class PromiscuousGuestTests {

    private static final Pattern FOR_OTHERS = Pattern.compile("\"otherhost\":(\\d+)");

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("with trust, its macvtap becomes promiscuous too: all groups come in, and yet no unicast for others")
    void trustedGuestHearsNoForeignFrames(@FromLab("trusted") Guest guest) {
        MacAddress group = UnheardGroup.at(guest, client);
        try (Undo promiscuous = guest.enablePromiscuousMode("eth0")) {
            eventually(() -> assertThat(guest.macvtap()).isPromiscuous());
            assertThat(client.deliver(group, guest)).isEqualTo(TO_GUEST);
            assertThat(client.deliver(somebodyElse(), guest)).isEqualTo(TO_PARENT);
        }
        eventually(() -> assertThat(guest.macvtap()).isNotPromiscuous());
    }

    @Test
    @Order(2)
    @DisplayName("without trust, the macvtap stays as it is, and neither comes in")
    void untrustedGuestChangesNothing(@FromLab("untrusted") Guest guest, @FromLab("trusted") Guest trusted) {
        MacAddress group = UnheardGroup.at(guest, client);
        try (Undo promiscuous = guest.enablePromiscuousMode("eth0");
                Undo later = trusted.enablePromiscuousMode("eth0")) {
            // Where libvirt follows, it has by now.
            eventually(() -> assertThat(trusted.macvtap()).isPromiscuous());
            assertThat(guest.macvtap()).isNotPromiscuous();
            assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
            assertThat(client.deliver(somebodyElse(), guest)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(3)
    @DisplayName(
            "in mode passthru foreign unicast does come in, without trust too, and the guest that listens hears it")
    void guestInPassthruModeHearsForeignFrames(@FromLab("alone") Guest guest) {
        long heardBefore = framesForOthersHeardBy(guest);
        assertThat(client.deliver(somebodyElse(), guest)).isEqualTo(TO_MACVTAP);
        assertThat(framesForOthersHeardBy(guest)).isEqualTo(heardBefore);

        try (Undo promiscuous = guest.enablePromiscuousMode("eth0")) {
            assertThat(client.deliver(somebodyElse(), guest)).isEqualTo(TO_MACVTAP);
            eventually(() -> assertThat(framesForOthersHeardBy(guest)).isGreaterThan(heardBefore));
        }
    }

    private MacAddress somebodyElse() {
        return client.mac().sibling();
    }

    /** How many IP packets the guest's kernel has dropped because their MAC address was somebody else's. */
    private static long framesForOthersHeardBy(Guest guest) {
        Matcher counter = FOR_OTHERS.matcher(
                guest.run("ip", "-j", "-s", "-s", "link", "show", "dev", "eth0").stdout());
        return counter.find() ? Long.parseLong(counter.group(1)) : 0;
    }
}
