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
import io.github.taplab.spec.MacvtapMode;
import java.time.Duration;
import java.util.List;
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
@Order(24)
@DisplayName("A promiscuous guest")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; the mode is on as long as its block lasts.
class PromiscuousGuestTests {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pattern FOR_OTHERS = Pattern.compile("\"otherhost\":(\\d+)");

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("with trust, its macvtap becomes promiscuous too, and yet foreign frames do not come in")
    void trustedGuestHearsNoForeignFrames(@FromLab("trusted") Guest guest) {
        try (Undo promiscuous = guest.enablePromiscuousMode("eth0")) {
            eventually(() -> assertThat(guest.macvtap()).isPromiscuous());
            assertThat(arrivalsAt(guest)).doesNotContain(somebodyElse());
        }
        eventually(() -> assertThat(guest.macvtap()).isNotPromiscuous());
    }

    @Test
    @Order(2)
    @DisplayName("without trust, the macvtap stays as it is")
    void untrustedGuestChangesNothing(@FromLab("untrusted") Guest guest, @FromLab("trusted") Guest trusted) {
        try (Undo promiscuous = guest.enablePromiscuousMode("eth0");
                Undo later = trusted.enablePromiscuousMode("eth0")) {
            // Where libvirt follows, it has by now.
            eventually(() -> assertThat(trusted.macvtap()).isPromiscuous());
            assertThat(guest.macvtap()).isNotPromiscuous();
            assertThat(arrivalsAt(guest)).doesNotContain(somebodyElse());
        }
    }

    @Test
    @Order(3)
    @DisplayName("in mode passthru foreign frames do come in, trusted or not, and the guest that listens hears them")
    void guestInPassthruModeHearsForeignFrames(@FromLab("alone") Guest guest) {
        long heardBefore = framesForOthersHeardBy(guest);
        assertThat(arrivalsAt(guest)).contains(somebodyElse());
        assertThat(framesForOthersHeardBy(guest)).isEqualTo(heardBefore);

        try (Undo promiscuous = guest.enablePromiscuousMode("eth0")) {
            assertThat(arrivalsAt(guest)).contains(somebodyElse());
            eventually(() -> assertThat(framesForOthersHeardBy(guest)).isGreaterThan(heardBefore));
        }
    }

    private MacAddress somebodyElse() {
        return client.mac().sibling();
    }

    /**
     * Sends a frame to somebody else and one to the guest, and tells to whom the frames are that the macvtap took in.
     * Both do come to its parent interface.
     */
    private List<MacAddress> arrivalsAt(Guest guest) {
        try (Capture atMacvtap = guest.launcher().capture(guest.macvtap().name(), "udp");
                Capture atParent = guest.launcher().capture("eth0", "udp")) {
            for (MacAddress destination : List.of(somebodyElse(), guest.mac())) {
                client.send(
                        EthernetFrame.udp(client.mac(), client.ip(), destination, guest.ip(), new Ports(40_000, 9)));
            }
            atParent.await(
                    "the frame to somebody else", frame -> frame.destination().equals(somebodyElse()), SOON);
            // The second one does come in: then the first one is not on its way any more.
            atMacvtap.await(
                    "the guest's own frame", frame -> frame.destination().equals(guest.mac()), SOON);
            return atMacvtap.frames().stream().map(Frame::destination).toList();
        }
    }

    /** How many IP packets the guest's kernel has dropped because their MAC address was somebody else's. */
    private static long framesForOthersHeardBy(Guest guest) {
        Matcher counter = FOR_OTHERS.matcher(
                guest.run("ip", "-j", "-s", "-s", "link", "show", "dev", "eth0").stdout());
        return counter.find() ? Long.parseLong(counter.group(1)) : 0;
    }
}
