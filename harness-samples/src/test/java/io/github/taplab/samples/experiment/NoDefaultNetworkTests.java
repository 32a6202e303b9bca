package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(111)
@Tag("story")
@Question(
        value = "Does a guest on a macvtap need libvirt's default network and its bridge virbr0?",
        answer = "No: where libvirt has no network driver there is no virbr0, and the guest is reached all the same")
@DisplayName("1.11 What the container has beside eth0: a macvtap, and no virbr0")
class NoDefaultNetworkTests {

    @Test
    @Order(1)
    @DisplayName("virbr0 is the bridge of libvirt's default network, and the libvirt here has no driver for networks")
    void thereIsNoVirbr0(Launcher launcher, Guest guest) {
        assertThat(launcher.links())
                .extracting(Link::name)
                .containsExactlyInAnyOrder("lo", "eth0", guest.macvtap().name());

        CommandResult networks = launcher.tryRun("virsh", "net-list", "--all");
        assertThat(networks).failed();
        assertThat(networks.stderr()).contains("not supported by the connection driver");
    }

    @Test
    @Order(2)
    @DisplayName("nobody misses it: the guest's NIC is on eth0, and so are its packets")
    void theGuestIsReachedWithoutIt(Guest guest, Client client) {
        assertThat(guest.domainXml())
                .contains("<source dev='eth0' mode='bridge'/>")
                .doesNotContain("virbr0");
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: a NIC of type network finds none to be plugged into")
    void aNicOnTheDefaultNetworkFindsNone(Launcher launcher, Guest guest) {
        CommandResult plugged =
                launcher.tryRun("virsh", "attach-interface", guest.name(), "network", "default", "--live");

        assertThat(plugged).failed();
        assertThat(plugged.stderr()).contains("no connection driver available for network");
        assertThat(guest.links()).extracting(Link::name).doesNotContain("eth1");
    }
}
