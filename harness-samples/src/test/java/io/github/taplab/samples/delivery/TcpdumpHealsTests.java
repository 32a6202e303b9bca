package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static io.github.taplab.node.Delivery.TO_GUEST;
import static io.github.taplab.node.Delivery.TO_PARENT;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * tcpdump has its interface take in everything, if it is not told otherwise ({@code -p}). A macvtap that does so takes
 * in all groups, for its guest too, as long as tcpdump runs: who looks for the fault heals it. Taplab's own captures
 * never do that.
 */
@Question(
        value = "Why does multicast, LLDP or IPv6 reach my guest only while tcpdump runs?",
        answer = "tcpdump makes the macvtap promiscuous, and then it takes in all groups; all-multicast on the macvtap"
                + " or trustGuestRxFilters does it without",
        asked = "https://github.com/kubevirt/macvtap-cni/issues/97")
@LabContainer
@MacvtapVm
@Order(513)
@DisplayName("5.13 It works only while tcpdump runs")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; what is switched on is so as long as its block.
class TcpdumpHealsTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    private MacAddress group;

    @BeforeEach
    void chooseAGroup() {
        group = UnheardGroup.at(guest, client);
    }

    @Test
    @Order(1)
    @DisplayName("a group that the macvtap has not joined the guest does not hear, member or not")
    void groupIsNotHeard() {
        try (Undo membership = guest.joinGroup(group)) {
            assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: while tcpdump runs on the macvtap it hears it, and afterwards no more")
    void tcpdumpOnTheMacvtapHeals() {
        String macvtap = guest.macvtap().name();
        try (Undo membership = guest.joinGroup(group)) {
            try (Undo tcpdump = tcpdumpOn(macvtap)) {
                assertThat(guest.macvtap()).isPromiscuous();
                assertThat(client.deliver(group, guest)).isEqualTo(TO_GUEST);
            }
            eventually(() -> assertThat(guest.macvtap()).isNotPromiscuous());
            assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(3)
    @DisplayName("tcpdump on the parent heals nothing")
    void tcpdumpOnTheParentDoesNot() {
        try (Undo membership = guest.joinGroup(group);
                Undo tcpdump = tcpdumpOn("eth0")) {
            assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(4)
    @DisplayName("nor does a capture of Taplab's, which takes in no more than comes anyway")
    void aCaptureDoesNot() {
        try (Undo membership = guest.joinGroup(group);
                Capture capture = launcher.capture(guest.macvtap().name(), "")) {
            assertThat(guest.macvtap()).isNotPromiscuous();
            assertThat(client.deliver(group, guest)).isEqualTo(TO_PARENT);
        }
    }

    @Test
    @Order(5)
    @DisplayName("the cure is to have the macvtap take in all groups")
    void allMulticastHeals() {
        try (Undo membership = guest.joinGroup(group);
                Undo all = launcher.enableAllMulticast(guest.macvtap().name())) {
            assertThat(client.deliver(group, guest)).isEqualTo(TO_GUEST);
        }
    }

    /** As a person starts it, so promiscuous; it runs when this returns. */
    private Undo tcpdumpOn(String link) {
        String pid = launcher.sh("tcpdump -i %s -w /dev/null >/tmp/tcpdump 2>&1 </dev/null & echo $!".formatted(link))
                .text();
        eventually(
                () -> assertThat(launcher.run("cat", "/tmp/tcpdump").stdout()).contains("listening on " + link));
        return () -> launcher.sh("kill " + pid);
    }
}
