package io.github.taplab.samples.experiment;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(112)
@Tag("story")
@Question(
        value = "What are the numbers behind fd= and vhostfd= in the command line of libvirt's QEMU?",
        answer =
                "Open descriptors that libvirt has passed on: that of the macvtap's character device, and one of /dev/vhost-net where the host has it")
@DisplayName("1.12 QEMU's open descriptors: the macvtap's, and vhost's where there is one")
@SuppressWarnings({
    "NullAway.Init", // The lab sets the fields.
    "try" // The NIC is out as long as the block lasts.
})
class DescriptorsTests {

    @FromLab
    Launcher launcher;

    @FromLab
    Guest guest;

    @Test
    @Order(1)
    @DisplayName("the number behind fd= is a descriptor of the macvtap's device")
    void fdIsTheMacvtapsDevice() {
        // Not by its name, which any file could have: by its numbers, as the kernel gives them for this macvtap.
        String numbers = launcher.sh("cat /sys/class/net/%s/tap*/dev"
                        .formatted(guest.macvtap().name()))
                .text();

        assertThat(launcher.run("stat", "-L", "-c", "%F %Hr:%Lr", descriptor("fd")))
                .printed("character special file " + numbers);
    }

    @Test
    @Order(2)
    @DisplayName("and packets come in by it")
    void packetsComeInByIt(Client client) {
        long received = guest.macvtap().received();
        assertThat(client).reaches(guest.ip());
        assertThat(guest.macvtap().received()).isGreaterThan(received);
    }

    @Test
    @Order(3)
    @DisplayName("the number behind vhostfd= is one of /dev/vhost-net: the kernel moves the frames")
    void vhostfdIsVhostNet() {
        assumeTrue(
                launcher.tryRun("test", "-c", "/dev/vhost-net").succeeded(),
                "The Docker host has no vhost-net (module vhost_net): QEMU itself moves the frames");
        assertThat(launcher.run("readlink", descriptor("vhostfd"))).printed("/dev/vhost-net");
    }

    @Test
    @Order(4)
    @DisplayName("the monitor names it: info network, by virsh qemu-monitor-command --hmp")
    void monitorNamesIt() {
        String fd = number("fd").orElseThrow();
        assertThat(monitor("info network"))
                .contains("hostnet0: index=0,type=tap,fd=" + fd)
                .contains("model=virtio-net-pci,macaddr=" + guest.mac());
    }

    @Test
    @Order(5)
    @DisplayName("broken on purpose: with the NIC taken out the descriptor is closed, and the monitor shows no network")
    void withoutTheNicItIsClosed() {
        String descriptor = descriptor("fd");
        try (Undo out = guest.hotUnplug()) {
            assertThat(launcher.tryRun("test", "-e", descriptor)).failed();
            assertThat(monitor("info network")).doesNotContain("type=tap");
        }
        assertThat(monitor("info network")).contains("type=tap");
    }

    private String monitor(String command) {
        return launcher.run("virsh", "qemu-monitor-command", "--hmp", guest.name(), command)
                .stdout();
    }

    /** The path of one of QEMU's open descriptors. */
    private String descriptor(String option) {
        String pid = launcher.run("cat", "/run/libvirt/qemu/%s.pid".formatted(guest.name()))
                .text();
        return "/proc/%s/fd/%s".formatted(pid, number(option).orElseThrow());
    }

    /** What its command line has for an option of the tap. */
    private Optional<String> number(String option) {
        Matcher found = Pattern.compile("\"type\":\"tap\".*?\"%s\":\"(\\d+)\"".formatted(option))
                .matcher(String.join(" ", guest.commandLine()));
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
