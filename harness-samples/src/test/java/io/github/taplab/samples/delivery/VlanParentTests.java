package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.InterfaceIp;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(514)
@Question(
        value = "Can a macvtap hang on a VLAN sub-interface?",
        answer =
                "It should: the guest's frames have no tag, those on the parent's parent have, and who is not in the VLAN does not reach the guest's NIC there. Not seen yet: the kernel on which this was written has no 8021q, so the spec was skipped",
        asked = "https://github.com/kubevirt/kubevirt/issues/6585")
@DisplayName("5.14 A macvtap on a VLAN sub-interface")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class VlanParentTests {

    private static final int VLAN = 42;
    private static final String PARENT = "eth0.42";
    private static final InterfaceIp IN_VLAN = InterfaceIp.of("192.0.2.2/24");

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @BeforeAll
    static void plugIntoTheVlan(Launcher launcher, Guest guest, Client client) {
        LinkTypes.assume(launcher, "vlan", "8021q", "id", "4000");
        launcher.sh("ip link add link eth0 name eth0.42 type vlan id 42 && ip link set eth0.42 up");
        client.sh("ip link add link eth0 name eth0.42 type vlan id 42 && ip link set eth0.42 up"
                + " && ip address add 192.0.2.1/24 dev eth0.42");
        SecondNic.plugIn(launcher, guest, PARENT, IN_VLAN);
    }

    @Test
    @Order(1)
    @DisplayName("the guest talks in the VLAN and knows nothing of it")
    void theGuestTalksInTheVlan() {
        String macvtap = launcher.macvtaps().stream()
                .filter(link -> link.parent().equals(Optional.of(PARENT)))
                .map(Link::name)
                .findFirst()
                .orElseThrow();
        try (Capture onTheWire = launcher.capture("eth0", "");
                Capture atMacvtap = launcher.capture(macvtap, "")) {
            assertThat(client).reaches(IN_VLAN.ip());

            Frame tagged = onTheWire.await("an echo request", frame -> frame.isEchoRequestTo(IN_VLAN.ip()));
            assertThat(tagged.vlan()).hasValue(VLAN);
            Frame plain = atMacvtap.await("an echo request", frame -> frame.isEchoRequestTo(IN_VLAN.ip()));
            assertThat(plain.vlan()).isEmpty();
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: who leaves the VLAN does not reach it, unless another NIC of the guest's answers")
    void whoIsNotInTheVlanDoesNotReachIt(Guest guest) {
        client.sh("ip address del 192.0.2.1/24 dev eth0.42 && ip address add 192.0.2.1/24 dev eth0");
        try {
            // The guest's eth0 is not in the VLAN, and answers for all of the guest's addresses (rule 3.5).
            assertThat(client.whoHas(IN_VLAN.ip())).isAnsweredOnlyBy(guest.mac());
            guest.sh("echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore");
            assertThat(client.whoHas(IN_VLAN.ip())).isNotAnswered();
            assertThat(client).doesNotReach(IN_VLAN.ip());
        } finally {
            guest.sh("echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore");
            client.sh("ip address del 192.0.2.1/24 dev eth0 && ip address add 192.0.2.1/24 dev eth0.42");
        }
        assertThat(client).reaches(IN_VLAN.ip());
    }
}
