package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(name = "direct")
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
@Order(802)
@DisplayName("8.2 A NIC is taken out of the running guest and put back")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class HotPlugTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("libvirt's macvtap lives as long as the NIC: it goes, and a new one with the same MAC address comes")
    void libvirtsMacvtapGoesWithTheNic(@FromLab("direct") Guest guest) {
        Link before = guest.macvtap();
        MacAddress mac = guest.mac();

        Undo nic = guest.hotUnplug();
        assertThat(guest.links()).extracting(Link::name).doesNotContain("eth0");
        assertThat(launcher.macvtaps()).extracting(Link::mac).doesNotContain(mac);
        assertThatExceptionOfType(NotThereException.class)
                .isThrownBy(guest::macvtap)
                .withMessageContaining("no NIC with the MAC address");

        nic.close();
        assertThat(guest.link("eth0")).hasMac(mac).hasMac(guest.macvtap().mac());
        assertThat(guest.macvtap().index()).isNotEqualTo(before.index());
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(2)
    @DisplayName("a macvtap that was there before stays, and takes the new NIC")
    void macvtapThatWasThereBeforeStays(@FromLab("before") Guest guest) {
        staysAndTakesTheNewNic(guest);
    }

    @Test
    @Order(3)
    @DisplayName("the same with bare QEMU, which keeps the descriptor open")
    void bareQemusMacvtapStays(@FromLab("bare") Guest guest) {
        staysAndTakesTheNewNic(guest);
    }

    private void staysAndTakesTheNewNic(Guest guest) {
        Link before = guest.macvtap();

        Undo nic = guest.hotUnplug();
        assertThat(guest.links()).extracting(Link::name).doesNotContain("eth0");
        assertThat(launcher.macvtaps()).extracting(Link::index).contains(before.index());

        nic.close();
        assertThat(guest.macvtap().index()).isEqualTo(before.index());
        assertThat(guest.link("eth0")).hasMac(before.mac());
        assertThat(client).reaches(guest.ip());
    }
}
