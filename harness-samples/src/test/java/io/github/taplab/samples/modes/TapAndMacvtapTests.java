package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer(scope = LabScope.REWIND)
@EachAttachment({Attachment.PRE_CREATED, Attachment.BRIDGE})
@MacvtapVm(address = GuestAddress.NONE)
@Order(411)
@DisplayName("4.11 A macvtap and a tap on a bridge: the rules that are everybody's")
@Question(
        value =
                "Does the bridge binding save a virtual machine from a duplicate IP address, as its container keeps it?",
        answer = "No: as with a macvtap two MAC addresses answer, and SSH ends at the container until that gives the"
                + " address up")
class TapAndMacvtapTests {

    @Test
    @Order(1)
    @DisplayName("an IP address on container and guest breaks SSH, until the container gives it up")
    void duplicateIpBreaksSsh(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher);
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(launcher.mac(), guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());

        launcher.removeAddress();
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        client.flushNeighbours();
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(2)
    @DisplayName("a client that has the container's MAC address asks there until it forgets or hears an announcement")
    void addressThatMovesIsAnnounced(Launcher launcher, Guest guest, Client client) {
        assertThat(client).reaches(launcher.ip());
        guest.copyAddressFrom(launcher);
        launcher.removeAddress();
        assertThat(client).doesNotReach(guest.ip()).hasNeighbour(guest.ip(), launcher.mac());

        guest.announce(guest.ip());
        assertThat(client).reaches(guest.ip()).hasNeighbour(guest.ip(), guest.mac());
    }

    @Test
    @Order(3)
    @DisplayName("a guest that takes the container's MAC address is cut off: what is for it goes to the container")
    void guestWithTheContainersMacIsCutOff(Launcher launcher, Guest guest, Client client) {
        guest.copyAddressFrom(launcher);
        launcher.removeAddress();
        client.flushNeighbours();
        assertThat(client).reaches(guest.ip());

        guest.setMac(launcher.mac());
        client.flushNeighbours();
        assertThat(client).doesNotReach(guest.ip()).hasNeighbour(guest.ip(), launcher.mac());
    }
}
