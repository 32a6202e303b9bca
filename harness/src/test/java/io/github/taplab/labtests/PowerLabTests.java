package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.NotThereException;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that stand still, are powered off and boot again, with each attachment. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer
@MacvtapVm(name = "direct", attachment = Attachment.DIRECT)
@MacvtapVm(name = "before", attachment = Attachment.PRE_CREATED)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
class PowerLabTests {

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(1)
    @SuppressWarnings("try") // It stands still as long as the block lasts.
    void aSuspendedGuestAnswersNobodyAndGoesOnAfterwards(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);
        var ip = guest.ip();
        guest.run("touch", "/tmp/kept");

        try (Undo still = guest.suspend()) {
            assertThat(client).doesNotReach(ip);
            assertThatIllegalStateException()
                    .isThrownBy(() -> guest.run("true"))
                    .withMessage(
                            "%s takes no command: its test has suspended it, until the Undo of suspend() is closed; asked for: true",
                            name);
            assertThatIllegalStateException().isThrownBy(guest::suspend);
        }

        assertThat(guest.run("ls", "/tmp/kept")).succeeded();
        assertThat(client).reaches(ip);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "before", "bare"})
    @Order(2)
    void aPoweredOffGuestIsToldOfAndBootsAgain(String name, Lab lab, Client client) {
        Guest guest = lab.guest(name);
        InterfaceIp address = guest.interfaceIp();
        guest.run("touch", "/tmp/before");

        guest.powerOff();
        assertThat(client.whoHas(address.ip())).isNotAnswered();
        assertThatIllegalStateException()
                .isThrownBy(() -> guest.run("true"))
                .withMessage(
                        "%s takes no command: its test has powered it off, powerOn() has it boot again; asked for: true",
                        name);
        assertThatExceptionOfType(NotThereException.class).isThrownBy(guest::macvtap);
        assertThat(guest.console().text()).contains("Linux version");

        guest.powerOn();
        assertThat(guest.console().text()).containsOnlyOnce("Linux version");
        assertThat(guest.tryRun("test", "-e", "/tmp/before")).failed();
        assertThat(guest).hasNoIpv4Address();
        guest.addAddress(address);
        assertThat(client).reaches(address.ip());
        assertThat(client.ssh(guest)).isConnected();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "bare"})
    @Order(3)
    void aGuestWhoseQemuHasCrashedCanBePoweredOn(String name, Lab lab) {
        Guest guest = lab.guest(name);
        // libvirt is told by the kernel, some time after.
        lab.launcher().sh("""
                qemu=$(cat /run/%s.pid /run/libvirt/qemu/%1$s.pid 2>/dev/null)
                kill -KILL $qemu
                tail --pid=$qemu -s 0.1 -f /dev/null
                while virsh domstate %1$s 2>/dev/null | grep -q running; do sleep .1; done
                """.formatted(name));

        guest.powerOn();

        assertThat(guest.run("true")).succeeded();
    }

    /** Its QEMU, which waits for somebody to read its console's log, must not be in the way of the next one. */
    @Test
    @Order(3)
    void aPowerOnThatIsInterruptedLeavesNothing(@FromLab("bare") Guest guest, Launcher launcher) {
        guest.powerOff();
        launcher.sh("cd /var/log/taplab; rm bare-console.log; mkfifo bare-console.log; rm /run/bare.pid");

        assertThatItIsInterrupted(
                guest,
                launcher,
                "until test -s /run/bare.pid; do sleep .1; done",
                "rm /var/log/taplab/bare-console.log");

        guest.powerOn();
        assertThat(guest.run("true")).succeeded();
    }

    /** libvirt, which waits for the monitor of its QEMU, starts it all the same, and nobody would have it. */
    @Test
    @Order(3)
    void norDoesOneThatLibvirtIsAskedFor(@FromLab("direct") Guest guest, Launcher launcher) {
        String pid = "/run/libvirt/qemu/direct.pid";
        guest.powerOff();

        assertThatItIsInterrupted(
                guest,
                launcher,
                "until test -s %1$s; do :; done; kill -STOP $(cat %1$s)".formatted(pid),
                "kill -CONT $(cat %s)".formatted(pid));

        guest.powerOn();
        assertThat(guest.run("true")).succeeded();
    }

    private static void assertThatItIsInterrupted(Guest guest, Launcher launcher, String when, String afterwards) {
        Thread test = Thread.currentThread();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            launcher.sh(when);
            test.interrupt();
        });
        boolean interrupted;
        try {
            assertThatThrownBy(guest::powerOn).isInstanceOf(InterruptedWaitException.class);
        } finally {
            other.join();
            interrupted = Thread.interrupted();
            launcher.sh(afterwards);
        }
        assertThat(interrupted).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(4)
    @SuppressWarnings("try") // The cable is out as long as the block lasts.
    void aGuestBootsWithoutTheCableThatIsOut(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.sh("ip link set eth0 up");

        try (Undo cable = guest.unplugCable()) {
            guest.powerOff();
            guest.powerOn();

            assertThat(guest.sh("ip link set eth0 up; cat /sys/class/net/eth0/carrier"))
                    .printed("0");
        }

        assertThat(guest.sh("cat /sys/class/net/eth0/carrier")).printed("1");
    }
}
