package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(506)
@DisplayName("5.6 The MTU of a macvtap and of its parent")
@SuppressWarnings({
    "NullAway.Init", // The lab sets the fields.
    "try" // The other MTU lasts as long as its block.
})
class MtuTests {

    /** IPv4 and ICMP headers, in bytes. */
    private static final int HEADERS = 28;

    /** In bytes. */
    private static final int ETHERNET_HEADER = 14;

    /** A veth takes a frame that is this much too large, in bytes: it could have a VLAN tag. */
    private static final int VLAN_TAG = 4;

    private static final int SMALLER = 1400;

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("the kernel refuses a macvtap above its parent's MTU, and takes one below")
    void macvtapCanNotExceedItsParent() {
        int parents = launcher.parent().mtu();
        String macvtap = guest.macvtap().name();

        CommandResult above =
                launcher.tryRun("ip", "link", "set", "dev", macvtap, "mtu", Integer.toString(parents + 1));
        assertThat(above).hasExitCode(2);
        assertThat(above.stderr()).contains("Invalid argument");
        assertThat(guest.macvtap().mtu()).isEqualTo(parents);

        try (Undo below = launcher.overrideMtu(macvtap, parents - 1)) {
            assertThat(guest.macvtap().mtu()).isEqualTo(parents - 1);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a parent that is lowered takes its macvtap along; the guest does not notice")
    void macvtapFollowsItsParentDown() {
        int before = guest.macvtap().mtu();
        try (Undo lowered = launcher.overrideMtu("eth0", SMALLER)) {
            assertThat(guest.macvtap().mtu()).isEqualTo(SMALLER);
            assertThat(guest.link("eth0").mtu()).isEqualTo(before);
        }
        assertThat(guest.macvtap().mtu()).isEqualTo(before);
    }

    /**
     * Nobody on the way is a router, so nobody could say "fragmentation needed". Segments that are left to the NIC pass
     * in larger frames (rule 5.18).
     */
    @Test
    @Order(3)
    @DisplayName("what comes in above its MTU the parent, a veth, drops without a word; smaller frames pass")
    void largeFramesDisappear() {
        assertThat(pingOfSize(launcher.parent().mtu())).hasExitCode(0);
        try (Undo lowered = launcher.overrideMtu("eth0", SMALLER)) {
            assertThat(pingOfSize(SMALLER)).hasExitCode(0);

            CommandResult tooLarge = pingOfSize(SMALLER + VLAN_TAG + 1);
            assertThat(tooLarge).hasExitCode(1);
            assertThat(tooLarge.stdout()).contains("100% packet loss").doesNotContain("Frag");
        }
        assertThat(pingOfSize(launcher.parent().mtu())).hasExitCode(0);
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: what the guest sends above the parent's MTU goes out, and only the reply is lost")
    void largeFramesGoOut() {
        int tooLarge = SMALLER + VLAN_TAG + 1;
        try (Undo lowered = launcher.overrideMtu("eth0", SMALLER);
                Capture atClient = client.capture("eth0", "greater " + (ETHERNET_HEADER + tooLarge))) {
            String size = Integer.toString(tooLarge - HEADERS);
            assertThat(guest.tryRun("ping", "-c", "1", "-W", "2", "-s", size, InterfaceIp.text(client.ip())))
                    .hasExitCode(1);
            atClient.await("the guest's request", frame -> frame.isEchoRequestTo(client.ip()));
            atClient.await("the client's reply", frame -> frame.isEchoReplyFrom(client.ip()));
        }
        assertThat(guest).reaches(client);
    }

    /** One IPv4 packet of this size in bytes, not to be fragmented. */
    private CommandResult pingOfSize(int bytes) {
        String ping = "ping -n -c 2 -i 0.2 -W 5 -M do -s %d %s";
        return client.tryRun("/bin/sh", "-c", ping.formatted(bytes - HEADERS, InterfaceIp.text(guest.ip())));
    }
}
