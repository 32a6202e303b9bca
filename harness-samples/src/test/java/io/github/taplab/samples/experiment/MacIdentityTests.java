package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(101)
@Tag("story")
@EachAttachment
@Question(
        value = "Is the guest's MAC address that of its macvtap, or that of the container?",
        answer = "That of its macvtap, and never the container's, until the guest itself changes it",
        asked = "https://github.com/liquidmetal-dev/flintlock/pull/231")
@DisplayName("1.1 One NIC, two ends, one MAC address")
class MacIdentityTests {

    @Test
    @Order(1)
    @DisplayName("the guest's eth0 has the MAC address of the launcher's macvtap, and answers with it")
    void guestHasTheMacOfTheMacvtap(Guest guest, Client client) {
        assertThat(guest.link("eth0")).hasMac(guest.macvtap().mac());
        assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.macvtap().mac());
    }

    @Test
    @Order(2)
    @DisplayName("the macvtap hangs on the launcher's eth0, in bridge mode")
    void macvtapHangsOnEth0(Launcher launcher, Guest guest) {
        assertThat(guest.macvtap()).isMacvtap().hasParent(launcher.link("eth0")).isInMode(MacvtapMode.BRIDGE);
    }

    @Test
    @Order(3)
    @DisplayName("its MAC address is another one than eth0's")
    void macvtapHasItsOwnMac(Launcher launcher, Guest guest) {
        assertThat(guest.macvtap()).hasOtherMacThan(launcher.link("eth0"));
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: a guest can change its end, the macvtap keeps its own")
    void guestCanBreakTheRule(Guest guest, @FromLab MacAddress original) {
        guest.setMac(original.sibling());
        try {
            assertThat(guest.link("eth0")).hasMac(original.sibling());
            assertThat(guest.macvtap()).hasMac(original);
        } finally {
            guest.setMac(original);
        }
    }
}
