package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(trustGuestRxFilters = true)
@Order(202)
@Question(
        value = "May a guest have the container's MAC address?",
        answer =
                "No: its macvtap is refused it, and a guest that takes it gets nothing, since the container's kernel takes those frames in")
@DisplayName("2.2 A guest with the container's MAC address")
class ContainersMacTests {

    @Test
    @Order(1)
    @DisplayName("a macvtap can't have it: the address is the parent's")
    void macvtapCanNotHaveIt(Launcher launcher) {
        CommandResult twin = launcher.tryRun(
                "ip",
                "link",
                "add",
                "link",
                "eth0",
                "name",
                "twin0",
                "address",
                launcher.mac().toString(),
                "up",
                "type",
                "macvtap");

        assertThat(twin.succeeded()).isFalse();
        assertThat(twin.stderr()).contains("Address already in use");
    }

    @Test
    @Order(2)
    @DisplayName("a guest may have any other: its macvtap follows, and it is reached")
    void guestMayHaveAnyOther(Guest guest, Client client) {
        MacAddress original = guest.mac();
        guest.setMac(original.sibling());
        try {
            eventually(() -> assertThat(guest.macvtap()).hasMac(original.sibling()));
            client.flushNeighbours();
            assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), original.sibling());
        } finally {
            guest.setMac(original);
        }
        eventually(() -> assertThat(guest.macvtap()).hasMac(original));
    }

    @Test
    @Order(3)
    @DisplayName("a guest that takes it for itself is cut off: what is for it goes to the container's kernel")
    void guestThatTakesItIsCutOff(Launcher launcher, Guest guest, Client client) {
        MacAddress original = guest.mac();
        guest.setMac(launcher.mac());
        try (Capture atMacvtap = launcher.capture(guest.macvtap().name(), "icmp");
                Capture atParent = launcher.capture(
                        "eth0", "icmp and dst host " + guest.ip().getHostAddress())) {
            client.flushNeighbours();
            assertThat(client).doesNotReach(guest.ip());
            assertThat(client).hasNeighbour(guest.ip(), launcher.mac());
            atParent.await(
                    "an echo request for the guest",
                    frame -> frame.destination().equals(launcher.mac()));
            atMacvtap.assertNone("what is for the guest", frame -> true);
            // It would have followed, as it does with any other address.
            assertThat(guest.macvtap()).hasMac(original);

            // The container itself does not suffer.
            assertThat(client).reaches(launcher.ip());
        } finally {
            guest.setMac(original);
        }
        client.flushNeighbours();
        assertThat(client).reaches(guest.ip());
    }
}
