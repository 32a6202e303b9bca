package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whoever ends it: libvirt as it is told, the guest's own system, or a signal that kills QEMU. */
@LabContainer
@MacvtapVm(name = "direct")
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
@Order(806)
@Question(
        value = "Does a macvtap survive when its guest is powered off or its QEMU crashes?",
        answer =
                "One that libvirt has made (type direct) goes with its domain, however that ends; one that was there before stays, and its guest boots on it again",
        asked = "https://github.com/canonical/lxd/issues/11520")
@DisplayName("8.6 A guest is powered off, and boots again")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class PowerOffTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("destroyed: libvirt's macvtap goes, and a new one with the same MAC address comes with the next boot")
    void libvirtsMacvtapGoesWithTheDomain(@FromLab("direct") Guest guest) {
        Link before = guest.macvtap();
        InterfaceIp address = guest.interfaceIp();

        guest.powerOff();
        assertThat(launcher.macvtaps()).extracting(Link::mac).doesNotContain(before.mac());
        assertThat(client.whoHas(address.ip())).isNotAnswered();

        guest.powerOn();
        assertThat(guest.macvtap()).hasMac(before.mac()).hasMac(guest.mac());
        assertThat(guest.macvtap().index()).isNotEqualTo(before.index());
        isReachedWith(guest, address);
    }

    @Test
    @Order(2)
    @DisplayName("powered off by its own system: a macvtap that was there before stays, and the guest boots on it")
    void macvtapThatWasThereBeforeStays(@FromLab("before") Guest guest) {
        Link before = guest.macvtap();
        InterfaceIp address = guest.interfaceIp();

        // It may be off before its agent has answered, which virsh calls a failure.
        CommandResult unused = launcher.tryRun("virsh", "shutdown", "--mode", "agent", guest.name());
        eventually(() ->
                assertThat(launcher.run("virsh", "list", "--name").stdout()).doesNotContain(guest.name()));
        stays(before);
        assertThat(client.whoHas(address.ip())).isNotAnswered();

        bootsOn(guest, before, address);
    }

    @Test
    @Order(3)
    @DisplayName("its QEMU is killed: the same without libvirt, where nobody is told")
    void bareQemusMacvtapStays(@FromLab("bare") Guest guest) {
        Link before = guest.macvtap();
        InterfaceIp address = guest.interfaceIp();

        launcher.sh("kill -KILL $(cat /run/bare.pid)");
        stays(before);
        assertThat(client.whoHas(address.ip())).isNotAnswered();

        bootsOn(guest, before, address);
    }

    @Test
    @Order(4)
    @DisplayName("broken on purpose: a domain whose QEMU is killed loses libvirt's macvtap all the same")
    void aCrashTakesLibvirtsMacvtapToo(@FromLab("direct") Guest guest) {
        Link before = guest.macvtap();

        launcher.sh("kill -KILL $(cat /run/libvirt/qemu/direct.pid)");
        eventually(() -> assertThat(launcher.macvtaps()).extracting(Link::index).doesNotContain(before.index()));
    }

    private void stays(Link macvtap) {
        assertThat(launcher.macvtaps()).extracting(Link::index).contains(macvtap.index());
    }

    private void bootsOn(Guest guest, Link macvtap, InterfaceIp address) {
        guest.powerOn();
        assertThat(guest.macvtap().index()).isEqualTo(macvtap.index());
        isReachedWith(guest, address);
    }

    private void isReachedWith(Guest guest, InterfaceIp address) {
        assertThat(guest).hasNoIpv4Address();
        guest.addAddress(address);
        client.flushNeighbours();
        assertThat(client).reaches(address.ip()).hasNeighbour(address.ip(), guest.mac());
    }
}
