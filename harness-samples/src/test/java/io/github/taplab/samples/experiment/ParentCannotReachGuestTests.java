package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(109)
@Tag("story")
@EachAttachment
@Question(
        value = "Why can the host not reach its own guest on a macvtap?",
        answer = "A macvtap and its parent do not talk to each other; through a macvlan beside it they do",
        asked = {
            "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/2215",
            "https://github.com/IceWhaleTech/ZimaOS/issues/574"
        })
@DisplayName("1.9 The launcher and its own guest")
class ParentCannotReachGuestTests {

    @Test
    @Order(1)
    @DisplayName("the launcher does not reach its guest through eth0")
    void launcherDoesNotReachItsGuest(Launcher launcher, Guest guest, Client client) {
        assertThat(launcher.whoHas(guest.ip())).isNotAnswered();
        assertThat(launcher).doesNotReach(guest.ip());
        assertThat(launcher.ssh(guest)).hadNoRoute();
        // Both are there all the while, for whomever else.
        assertThat(client).reaches(guest.ip()).reaches(launcher.ip());
    }

    @Test
    @Order(2)
    @DisplayName("the client beside it does")
    void clientReachesTheGuest(Guest guest, Client client) {
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
        assertThat(client).reaches(guest.ip());
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: through a macvlan of its own beside the macvtap the launcher reaches it")
    void launcherReachesItsGuestThroughAMacvlan(Launcher launcher, Guest guest) {
        launcher.run("ip", "link", "add", "link", "eth0", "name", "macvlan0", "type", "macvlan", "mode", "bridge");
        try {
            launcher.setUp("macvlan0");
            launcher.run("ip", "route", "add", guest.ip().getHostAddress(), "dev", "macvlan0");
            assertThat(launcher).reaches(guest.ip());
        } finally {
            launcher.run("ip", "link", "delete", "macvlan0");
        }
    }
}
