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
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "trusted", trustGuestRxFilters = true)
@MacvtapVm(name = "emulated", trustGuestRxFilters = true, model = NicModel.E1000E)
@Order(209)
@DisplayName("2.9 trustGuestRxFilters: when a macvtap follows its guest, and when not")
@Question(
        value = "Does trustGuestRxFilters work with an e1000e?",
        answer = "No: libvirt takes it without a word, and nothing follows, since QEMU tells of changes of virtio NICs"
                + " alone",
        asked = "https://github.com/virt-manager/virt-manager/issues/676")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; a change lasts as long as its block.
class FollowedMacTests {

    private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:12");

    @FromLab("trusted")
    Guest guest;

    @FromLab("emulated")
    Guest emulated;

    @FromLab
    Client client;

    private MacAddress original;
    private MacAddress changed;

    @BeforeEach
    void nameTheAddresses() {
        original = guest.mac();
        changed = original.sibling();
    }

    @Test
    @Order(1)
    @DisplayName("it follows, and follows back when the guest has its own again")
    void followsThereAndBack() {
        try (Undo other = guest.spoofMac(changed)) {
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
            assertThat(client.deliver(changed, guest)).isEqualTo(TO_GUEST);
        }
        eventually(() -> assertThat(guest.macvtap()).hasMac(original));
        assertThat(client.deliver(original, guest)).isEqualTo(TO_GUEST);
        assertThat(client.deliver(changed, guest)).isEqualTo(TO_PARENT);
    }

    @Test
    @Order(2)
    @DisplayName("it is put right at the guest's next change, whatever that is, when somebody else has changed it")
    void putRightAtTheNextChange() {
        setMacOfMacvtap(changed);
        try {
            assertThat(client.deliver(original, guest)).isEqualTo(TO_PARENT);
            try (Undo membership = guest.joinGroup(GROUP)) {
                eventually(() -> assertThat(guest.macvtap()).hasMac(original));
                assertThat(client.deliver(original, guest)).isEqualTo(TO_GUEST);
            }
        } finally {
            setMacOfMacvtap(original);
        }
    }

    private void setMacOfMacvtap(MacAddress mac) {
        guest.launcher().run("ip", "link", "set", "dev", guest.macvtap().name(), "address", mac.toString());
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: libvirt takes it for an e1000e too, and QEMU has nothing to tell")
    void emulatedNicIsNotFollowed() {
        assertThat(emulated.domainXml()).contains("trustGuestRxFilters='yes'");
        assertThat(RxFilters.toldByQemu(emulated)).contains("\"return\":[]");

        MacAddress own = emulated.mac();
        try (Undo other = emulated.spoofMac(own.sibling());
                Undo later = guest.spoofMac(changed)) {
            // Where libvirt follows, it has by now.
            eventually(() -> assertThat(guest.macvtap()).hasMac(changed));
            assertThat(client.deliver(MacAddress.BROADCAST, emulated)).isEqualTo(TO_GUEST);
            assertThat(client.deliver(own.sibling(), emulated)).isEqualTo(TO_PARENT);
            assertThat(emulated.macvtap()).hasMac(own);
        }
    }

    @Test
    @Order(4)
    @DisplayName("it follows back when the guest restarts, which has the NIC's own MAC address again")
    void followsBackAtARestart() {
        guest.setMac(changed);
        eventually(() -> assertThat(guest.macvtap()).hasMac(changed));

        guest.reboot();

        assertThat(guest).hasMac(original);
        eventually(() -> assertThat(guest.macvtap()).hasMac(original));
    }
}
