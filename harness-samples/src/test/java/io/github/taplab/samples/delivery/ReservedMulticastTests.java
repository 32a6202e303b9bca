package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The groups 01:80:c2:00:00:00 to :0f are for the next switch and no farther (IEEE 802.1D, table 7-10). Macvtaps beside
 * each other are no switch: to them these are groups like any other, which a macvtap takes in if it has joined them.
 */
@Question(
        value = "Do LLDP and LACP frames pass a macvtap?",
        answer =
                "Between macvtaps of one parent in mode bridge they do, once the receiving macvtap has joined the group;"
                        + " a Linux bridge on the way lets none of them pass",
        asked = {"https://github.com/kubevirt/macvtap-cni/issues/97", "https://github.com/srl-labs/vrnetlab/pull/505"})
@LabContainer
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "untrusted")
@Order(511)
@DisplayName("5.11 LLDP and LACP from macvtap to macvtap")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a group is joined as long as its block lasts.
class ReservedMulticastTests {

    private static final MacAddress LACP = MacAddress.of("01:80:c2:00:00:02");
    private static final MacAddress LLDP = MacAddress.of("01:80:c2:00:00:0e");

    @FromLab
    Launcher launcher;

    @FromLab("trusted")
    Guest trusted;

    @FromLab("untrusted")
    Guest untrusted;

    @Test
    @Order(1)
    @DisplayName("from macvtap to macvtap both pass, once the receiving one has joined the group")
    void passBetweenMacvtaps() {
        for (MacAddress group : List.of(LLDP, LACP)) {
            renewUntilDeaf(trusted, untrusted, group);
            assertThat(hears(trusted, untrusted, group)).isFalse();
            try (Undo membership = trusted.joinGroup(group)) {
                eventually(() -> assertThat(MacvtapGroups.of(trusted)).contains(group));
                assertThat(hears(trusted, untrusted, group)).isTrue();
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: a macvtap that does not follow its guest into the group takes none in")
    void doNotPassToAnUntrustedMember() {
        for (MacAddress group : List.of(LLDP, LACP)) {
            renewUntilDeaf(untrusted, trusted, group);
            try (Undo membership = untrusted.joinGroup(group);
                    Undo later = trusted.joinGroup(group)) {
                // Once the later one is followed, the first one would have been.
                eventually(() -> assertThat(MacvtapGroups.of(trusted)).contains(group));
                assertThat(hears(untrusted, trusted, group)).isFalse();
            }
        }
    }

    // A filter may let a group pass by chance, see UnheardGroup. Each macvtap has another one.
    private void renewUntilDeaf(Guest receiver, Guest sender, MacAddress group) {
        for (int tries = 0; tries < 5 && hears(receiver, sender, group); tries++) {
            receiver.hotUnplug().close();
        }
    }

    private boolean hears(Guest receiver, Guest sender, MacAddress group) {
        String link = sender.macvtap().name();
        MacAddress source = sender.mac();
        try (Capture capture = launcher.capture(receiver.macvtap().name(), "ether src " + source)) {
            launcher.send(link, EthernetFrame.probe(source, group));
            launcher.send(link, EthernetFrame.probe(source, MacAddress.BROADCAST));
            capture.await(
                    "what was sent to all later", frame -> frame.destination().equals(MacAddress.BROADCAST));
            return capture.frames().stream()
                    .anyMatch(frame -> frame.destination().equals(group));
        }
    }
}
