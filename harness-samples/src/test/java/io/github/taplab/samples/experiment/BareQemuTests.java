package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.Attachment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm(attachment = Attachment.QEMU)
@Order(110)
@Tag("story")
@Question(
        value = "How is QEMU given a macvtap without libvirt?",
        answer = "As an open descriptor of its tap device; a descriptor of anything else is refused",
        asked = "https://github.com/kata-containers/runtime/issues/1808")
@DisplayName("1.10 The same without libvirt: QEMU and an open descriptor of the macvtap")
class BareQemuTests {

    @Test
    @Order(1)
    @DisplayName("QEMU is given a descriptor, not a name, and the descriptor is the macvtap's device")
    void qemuHasTheMacvtapsDevice(Launcher launcher, Guest guest) {
        assertThat(guest.commandLine()).contains("tap,id=tap0,fd=3");

        // Not by its name, which any file could have: by its numbers, as the kernel gives them for this macvtap.
        String pid = launcher.sh("pidof qemu-system-$(uname -m)").text();
        String numbers = launcher.sh("cat /sys/class/net/%s/tap*/dev"
                        .formatted(guest.macvtap().name()))
                .text();
        assertThat(launcher.run("stat", "-L", "-c", "%F %Hr:%Lr", "/proc/" + pid + "/fd/3"))
                .printed("character special file " + numbers);
    }

    @Test
    @Order(2)
    @DisplayName("and packets pass through it, both ways")
    void packetsPass(Guest guest, Client client) {
        long received = guest.macvtap().received();

        client.flushNeighbours();
        assertThat(client)
                .reaches(guest.ip())
                .hasNeighbour(guest.ip(), guest.macvtap().mac());
        assertThat(guest.macvtap().received()).isGreaterThan(received);
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(3)
    @DisplayName("its monitor answers on a socket")
    void monitorAnswers(Launcher launcher) {
        CommandResult network = launcher.sh("echo info network | socat -t 10 - UNIX-CONNECT:/run/guest.monitor");

        assertThat(network.stdout()).contains("tap0", "fd=3");
    }

    /**
     * Where there is no device node, a shell's {@code 3<>/dev/tap99} makes a regular file. It opens, and QEMU's
     * question what kind of tap it is has no meaning for a file.
     */
    @Test
    @Order(4)
    @DisplayName("broken on purpose: a descriptor of something else is an \"Inappropriate ioctl for device\"")
    void descriptorOfAFileIsNoTap(Launcher launcher) {
        CommandResult qemu = launcher.tryRun(
                "/bin/bash",
                "-c",
                "exec qemu-system-$(uname -m) -machine none -nodefaults -display none -S -netdev tap,id=tap0,fd=3 3<>/dev/tap99");

        assertThat(qemu).hasExitCode(1);
        assertThat(qemu.stderr()).contains("TUNGETIFF").contains("Inappropriate ioctl for device");
        assertThat(launcher.run("stat", "-c", "%F", "/dev/tap99")).printed("regular empty file");
    }
}
