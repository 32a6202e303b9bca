package io.github.taplab.samples.identity;

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
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The three modes in which macvtaps share their parent differ in what they let neighbours say to each other. Whose a
 * frame is that comes from outside they find out in the same way, by its MAC address.
 */
@LabContainer(ipv6 = true)
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(204)
@DisplayName("2.4 A changed MAC address in the modes that share their parent interface")
@Question(
        value = "Why does a guest on a macvtap lose its network when it changes its MAC address?",
        answer = "In modes bridge, vepa and private its macvtap goes on taking in frames to the old address alone, so"
                + " only broadcasts reach it, by IPv4 and IPv6 alike; with trustGuestRxFilters the macvtap follows and"
                + " everything does",
        asked = "https://github.com/cockpit-project/cockpit-machines/issues/1968")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class ChangedMacSharedTests {

    @FromLab
    Client client;

    @ParameterizedTest
    @EnumSource(names = {"BRIDGE", "VEPA", "PRIVATE"})
    @Order(1)
    @DisplayName("with trust the macvtap follows: unicast and broadcast, IPv4 and IPv6 come in")
    void withTrustAllComesIn(MacvtapMode mode, @FromLab("trusted") Guest guest) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        try (Undo inMode = setMode(mode, guest);
                Undo other = guest.spoofMac(changed)) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));

            assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
            assertThat(client.deliver(changed, guest)).isEqualTo(TO_GUEST);
            assertThat(client.deliver(original, guest)).isEqualTo(TO_PARENT);
            client.flushNeighbours();
            assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), changed);
            assertThat(client).reaches(guest.ip6()).hasNeighbour(guest.ip6(), changed);
        }
        eventually(() -> assertThat(guest.macvtap()).hasMac(original));
    }

    @ParameterizedTest
    @EnumSource(names = {"BRIDGE", "VEPA", "PRIVATE"})
    @Order(2)
    @DisplayName("broken on purpose: without trust only broadcasts come in, and the guest is cut off")
    void withoutTrustOnlyBroadcastsComeIn(MacvtapMode mode, @FromLab("untrusted") Guest guest) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        try (Undo inMode = setMode(mode, guest)) {
            assertThat(client.deliver(original, guest)).isEqualTo(TO_GUEST);
            assertThatIpv6Passes(guest);

            try (Undo other = guest.spoofMac(changed)) {
                client.flushNeighbours();
                assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
                // It hears the question, and its answer gets out.
                assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(changed);
                assertThat(client.deliver(changed, guest)).isEqualTo(TO_PARENT);
                assertThat(client).doesNotReach(guest.ip()).hasNeighbour(guest.ip(), changed);
                try (Undo known = client.poisonNeighbour(guest.ip6(), changed)) {
                    assertThat(client).doesNotReach(guest.ip6());
                }
                assertThat(guest.macvtap()).hasMac(original);
            }
        }
    }

    // IPv6 asks by multicast, which an untrusted guest's macvtap does not take in: so the client is told where it is.
    private void assertThatIpv6Passes(Guest guest) {
        guest.flushNeighbours();
        try (Undo known = client.poisonNeighbour(guest.ip6(), guest.mac())) {
            assertThat(client).reaches(guest.ip6());
        }
    }

    /** Among these three the kernel lets a running macvtap change its mode. */
    private static Undo setMode(MacvtapMode mode, Guest guest) {
        set(mode, guest);
        assertThat(guest.macvtap()).isInMode(mode);
        return () -> set(MacvtapMode.BRIDGE, guest);
    }

    private static void set(MacvtapMode mode, Guest guest) {
        String macvtap = guest.macvtap().name();
        guest.launcher().run("ip", "link", "set", "dev", macvtap, "type", "macvtap", "mode", mode.kernelName());
    }
}
