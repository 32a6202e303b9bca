package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A macvtap in mode passthru gets every unicast frame of its parent, and the two have one MAC address: libvirt gives
 * them the guest's. Broadcasts and multicast the kernel hands to both (macvlan.c, {@code macvlan_handle_frame}).
 */
@Question(
        value = "What does a macvtap in mode passthru take from its parent interface, and does the parent get it back?",
        answer = "All unicast frames and the MAC address, but not the broadcasts; the parent gets both back when the"
                + " macvtap goes, and is left down if the macvtap was libvirt's")
@LabContainer
@MacvtapVm(mode = MacvtapMode.PASSTHRU)
@Order(405)
@DisplayName("4.5 Mode passthru takes the parent's traffic, and gives it back")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class PassthruTakesTheParentTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @Test
    @Order(1)
    @DisplayName("while the macvtap is there the parent has its MAC address, is promiscuous, and reaches nobody")
    void macvtapTakesTheTraffic(Client client) {
        assertThat(launcher.parent()).hasMac(guest.mac()).isPromiscuous();
        client.flushNeighbours();
        assertThat(client).doesNotReach(launcher.ip()).reaches(guest.ip());
        assertThat(launcher).doesNotReach(client.ip());
    }

    @Test
    @Order(2)
    @DisplayName("broadcasts it does not take: the parent goes on answering ARP, with the guest's MAC address")
    void parentStillHearsBroadcasts(Client client) {
        assertThat(client.whoHas(launcher.ip())).isAnsweredOnlyBy(guest.mac());
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: when the NIC goes, libvirt gives the MAC address back and leaves the parent down")
    void libvirtLeavesTheParentDown(Client client) {
        MacAddress guests = guest.mac();
        withoutTheNic(() -> {
            assertThat(launcher.parent())
                    .doesNotHaveMac(guests)
                    .isNotPromiscuous()
                    .isDown();

            launcher.setUp("eth0");
            client.flushNeighbours();
            assertThat(client).reaches(launcher.ip()).hasNeighbour(launcher.ip(), launcher.mac());
            assertThat(launcher).reaches(client.ip());
        });
        macvtapTakesTheTraffic(client);
    }

    @Test
    @Order(4)
    @DisplayName("the kernel alone gives both back and leaves the parent up")
    void kernelLeavesTheParentUp(Client client) {
        MacAddress guests = guest.mac();
        withoutTheNic(() -> {
            launcher.setUp("eth0");
            MacAddress own = launcher.mac();
            Stations.tryAdd(launcher, "second0", MacvtapMode.PASSTHRU).orThrow();
            launcher.run("ip", "link", "set", "dev", "second0", "up", "address", guests.toString());
            assertThat(launcher.parent()).hasMac(guests).isPromiscuous();

            launcher.run("ip", "link", "del", "dev", "second0");
            assertThat(launcher.parent()).hasMac(own).isNotPromiscuous().isUp();
            client.flushNeighbours();
            assertThat(client).reaches(launcher.ip());
        });
    }

    @Test
    @Order(5)
    @DisplayName("a second macvtap is refused, whatever its mode")
    void secondOneIsRefused() {
        for (MacvtapMode mode : MacvtapMode.values()) {
            CommandResult second = Stations.tryAdd(launcher, "second0", mode);
            assertThat(second).hasExitCode(2);
            assertThat(second.stderr()).contains("Invalid argument");
        }
    }

    /** The launcher's default route goes with its link; it is not needed here. */
    @SuppressWarnings("try") // The NIC is out as long as the block lasts.
    private void withoutTheNic(Runnable action) {
        try (Undo nic = guest.hotUnplug()) {
            action.run();
        }
    }
}
