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
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED, trustGuestRxFilters = true)
@Order(210)
@DisplayName("2.10 trustGuestRxFilters switched in a running domain")
@Question(
        value = "Can trustGuestRxFilters be switched while the VM runs?",
        answer =
                "Yes, virsh update-device does it live: the macvtap stays as it is at that moment, and follows from the"
                        + " guest's next change on, or no more",
        asked = "https://github.com/autotest/tp-libvirt/pull/5557")
@SuppressWarnings("try") // The MAC address is changed as long as its block lasts.
class LiveTrustTests {

    @Test
    @Order(1)
    @DisplayName("switched on, the macvtap follows from the guest's next change on, and not before")
    void switchedOnItFollowsFromTheNextChangeOn(@FromLab("guest") Guest guest, Client client) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        try (Undo other = guest.spoofMac(changed)) {
            assertThat(client.deliver(changed, guest)).isEqualTo(TO_PARENT);
            RxFilters.trust(guest, true);
            assertThat(client.deliver(changed, guest)).isEqualTo(TO_PARENT);
            assertThat(guest.macvtap()).hasMac(original);

            try (Undo membership = guest.joinGroup(MacAddress.of("01:00:5e:00:00:12"))) {
                eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
                assertThat(client.deliver(changed, guest)).isEqualTo(TO_GUEST);
            }
        }
        eventually(() -> assertThat(guest.macvtap()).hasMac(original));
        RxFilters.trust(guest, false);
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: switched off, it stays where the guest has been, which is cut off with its own")
    void switchedOffItStaysBehind(@FromLab("guest") Guest guest, Client client) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        RxFilters.trust(guest, true);
        try (Undo other = guest.spoofMac(changed)) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
            RxFilters.trust(guest, false);
        }
        assertThat(guest).hasMac(original);
        assertThat(client.deliver(MacAddress.BROADCAST, guest)).isEqualTo(TO_GUEST);
        assertThat(client.deliver(original, guest)).isEqualTo(TO_PARENT);
        assertThat(guest.macvtap()).hasMac(changed);

        RxFilters.trust(guest, true);
        try (Undo membership = guest.joinGroup(MacAddress.of("01:00:5e:00:00:12"))) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(original));
        }
        RxFilters.trust(guest, false);
    }

    /**
     * The device of {@code <interface type='ethernet'>} is not libvirt's: it notes what the guest reports and changes
     * nothing.
     */
    @Test
    @Order(3)
    @DisplayName(
            "on a macvtap that was made before it counts for nothing: libvirt shows the new address and leaves the macvtap alone")
    void libvirtLeavesAMacvtapAloneThatItDidNotMake(@FromLab("before") Guest guest, Client client) {
        MacAddress original = guest.mac();
        MacAddress changed = original.sibling();
        guest.setMac(changed);
        try {
            eventually(() -> assertThat(guest.domainXml()).contains("currentAddress='" + changed + "'"));
            assertThat(guest.macvtap()).hasMac(original);
            client.flushNeighbours();
            assertThat(client.ssh(guest)).timedOut();
        } finally {
            guest.setMac(original);
        }
    }
}
