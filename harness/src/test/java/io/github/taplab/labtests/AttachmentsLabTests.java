package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapNic;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all attachments have in common, and where they differ. Those that cost the guest its addresses come last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer
@MacvtapVm(name = "direct", attachment = Attachment.DIRECT, cpus = 2, queues = 2, mtu = 1400)
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED, moreNics = @MacvtapNic(linkUp = false))
@MacvtapVm(
        name = "bare",
        attachment = Attachment.QEMU,
        cpus = 2,
        queues = 2,
        moreNics = @MacvtapNic(address = GuestAddress.NONE, linkUp = false))
class AttachmentsLabTests {

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(1)
    void guestIsReachedOverItsMacvtap(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);

        assertThat(guest.macvtap())
                .isMacvtap()
                .hasParent(lab.launcher().parent())
                .hasMac(guest.mac());
        assertThat(client).reaches(guest.ip());
        assertThat(client.ssh(guest)).isConnected();
    }

    /** A timer of the board that ticks for nobody, as a PC's HPET does, wakes QEMU 250 times a second. */
    @Test
    @Order(1)
    void idleGuestsLetQemuSleep(Launcher launcher) {
        // A guest that has just come up still has something to do.
        eventually(() -> {
            List<Integer> awakenings =
                    launcher.sh("""
                            awakenings() {
                              for qemu in $(pidof qemu-system-$(uname -m)); do
                                awk '/^voluntary_ctxt_switches/ { print $2 }' /proc/$qemu/status
                              done
                            }
                            awakenings
                            sleep 2
                            awakenings
                            """).text().lines().map(Integer::valueOf).toList();

            assertThat(awakenings).hasSize(6);
            for (int qemu = 0; qemu < 3; qemu++) {
                assertThat(awakenings.get(3 + qemu) - awakenings.get(qemu))
                        .as("how often QEMU %d of %s woke in two seconds", qemu, launcher)
                        .isLessThan(300);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(1)
    void unpluggedCableIsSeenInTheGuest(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);

        Undo cable = guest.unplugCable();
        assertThat(guest.sh("cat /sys/class/net/eth0/carrier")).printed("0");
        assertThat(client).doesNotReach(guest.ip());

        cable.close();
        assertThat(guest.sh("cat /sys/class/net/eth0/carrier")).printed("1");
        assertThat(client).reaches(guest.ip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(2)
    void hotUnpluggedNicComesBackWithAllThatItHad(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);
        MacAddress mac = guest.mac();

        Undo nic = guest.hotUnplug();
        assertThat(guest.links()).noneMatch(link -> link.name().equals("eth0"));
        assertThatExceptionOfType(NotThereException.class)
                .isThrownBy(guest::macvtap)
                .withMessage("%s has no NIC with the MAC address %s at present", name, mac);

        nic.close();
        assertThat(guest.link("eth0")).hasMac(mac);
        assertThat(guest.macvtap()).hasMac(mac);
        assertThat(client).reaches(guest.ip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(2)
    @SuppressWarnings("try") // Both last as long as their blocks.
    void hotUnpluggedNicComesBackWithoutTheCableThatIsOut(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);

        try (Undo cable = guest.unplugCable()) {
            guest.hotUnplug().close();

            assertThat(guest.sh("cat /sys/class/net/eth0/carrier")).printed("0");
            assertThat(client).doesNotReach(guest.ip());
        }

        assertThat(client).reaches(guest.ip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "bare"})
    @Order(2)
    void nicThatWasDeclaredWithoutACableComesBackWithoutOne(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.sh("ip link set eth1 up");

        guest.on("eth1").hotUnplug().close();

        assertThat(guest.sh("ip link set eth1 up; cat /sys/class/net/eth1/carrier"))
                .printed("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(3)
    void rebootedGuestIsFreshAndItsMacvtapIsThere(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.sh("touch /tmp/before-the-reboot");

        guest.reboot();

        assertThat(guest.tryRun("test", "-e", "/tmp/before-the-reboot")).hasExitCode(1);
        assertThat(guest).hasNoIpv4Address();
        assertThat(guest.macvtap()).hasMac(guest.mac());
    }

    @Test
    @Order(1)
    void libvirtMakesTheMacvtapOfADirectGuestOnly(
            @FromLab("direct") Guest direct, @FromLab("before") Guest before, @FromLab("bare") Guest bare) {
        assertThat(direct.domainXml()).contains("type='direct'");
        assertThat(before.domainXml())
                .contains("type='ethernet'")
                .contains("dev='" + before.macvtap().name() + "' managed='no'");
        assertThatIllegalStateException()
                .isThrownBy(bare::domainXml)
                .withMessage("bare runs without libvirt, so it has no domain XML");
    }

    @Test
    @Order(1)
    void everyQemuHasOpenDescriptorsOfItsTaps(
            @FromLab("direct") Guest direct, @FromLab("before") Guest before, @FromLab("bare") Guest bare) {
        assertThat(bare.commandLine()).contains("tap,id=tap0,fds=3:4", "tap,id=tap1,fd=5");
        assertThat(String.join(" ", direct.commandLine())).containsPattern("\"type\":\"tap\",\"fds\":\"\\d+:\\d+\"");
        assertThat(String.join(" ", before.commandLine())).containsPattern("\"type\":\"tap\",\"fd\":\"\\d+\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(1)
    void queuesAreThereInTheGuest(String name, Lab lab) {
        assertThat(lab.guest(name).sh("ls /sys/class/net/eth0/queues")).printed("rx-0\nrx-1\ntx-0\ntx-1");
    }

    @Test
    @Order(1)
    void mtuIsSetAtBothEnds(@FromLab("direct") Guest guest) {
        assertThat(guest.macvtap().mtu()).isEqualTo(1400);
        assertThat(guest.link("eth0").mtu()).isEqualTo(1400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "bare"})
    @Order(1)
    void secondNicHasAMacvtapOfItsOwnAndNoCable(String name, Lab lab) {
        Guest second = lab.guest(name).on("eth1");

        assertThat(second.link("eth1")).hasMac(second.macvtap().mac()).hasOtherMacThan(second.link("eth0"));
        assertThat(second.shell().sh("ip link set eth1 up; cat /sys/class/net/eth1/carrier"))
                .printed("0");
    }
}
