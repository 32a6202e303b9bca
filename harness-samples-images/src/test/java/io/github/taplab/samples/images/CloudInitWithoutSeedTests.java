package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.Customize;
import io.github.taplab.GuestFile;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Console;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.ShellAccess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

@LabContainer
@MacvtapVm(
        image = "debian-cloud",
        address = GuestAddress.NONE,
        cloudInit = CloudInit.OFF,
        // As with an image that has no agent at all.
        shell = ShellAccess.CONSOLE,
        customize =
                @Customize(
                        rootPassword = "swordfish",
                        files = @GuestFile(path = "/etc/issue.d/lab.issue", content = "A lab's guest\n"),
                        commands = {
                            "systemctl mask qemu-guest-agent",
                            "echo 'made before the boot' >/root/note",
                        }))
@Order(902)
@DisplayName("9.2 A cloud image without a seed, and without an address")
class CloudInitWithoutSeedTests extends FirstBootMessages {

    private static final Duration CLOUD_INIT = Duration.ofMinutes(5);

    @Test
    @Order(1)
    @DisplayName("root logs in on the serial console, with the password that was put into the image")
    void rootLogsInOnTheConsole(Guest guest) {
        assertThat(guest.run("id", "-un")).printed("root");
        assertThat(guest.sh("pidof qemu-ga || true").stdout()).isEmpty();
        assertThat(guest.console().awaitLine("login:")).startsWith("localhost login:");
        assertThat(guest.console().awaitLine("^Password:")).isEqualTo("Password: ");
    }

    @Test
    @Order(1)
    @DisplayName("the console has all, from the kernel's first word to the log-in, and goes on after it")
    void theConsoleIsKept(Guest guest) {
        Console console = guest.console();
        assertThat(console.text())
                .containsSubsequence("Linux version", "A lab's guest", "localhost login:", "root", "Password:")
                .doesNotContain("swordfish");

        guest.sh("(sleep 1; echo 'a message for everybody' | wall) >/dev/null 2>&1 &");
        // wall fills its lines up.
        assertThat(console.awaitLine("a message")).startsWith("a message for everybody");
    }

    @Test
    @Order(1)
    @DisplayName("root's password, a file and a command's work have been put into the image")
    void theImageWasCustomized(Guest guest) {
        assertThat(guest.run("passwd", "-S", "root").stdout()).startsWith("root P ");
        assertThat(guest.run("cat", "/etc/issue.d/lab.issue")).printed("A lab's guest");
        assertThat(guest.run("cat", "/root/note")).printed("made before the boot");
    }

    @Test
    @Order(2)
    @DisplayName("its cloud-init finds no seed, and asks in vain for a metadata service")
    void cloudInitSearchesAMetadataService(Guest guest, TestReporter reporter) {
        guest.shell().tryRun(CLOUD_INIT, "cloud-init", "status", "--wait");
        String log = guest.run("cat", "/var/log/cloud-init.log").stdout();
        assertThat(log).contains("http://169.254.169.254").contains("Giving up on md");
        assertThat(guest.run("cloud-id")).printed("none");
        // It ends with the time since the boot, to be seen beside that of a guest with a seed.
        String finished = guest.console().awaitLine("Cloud-init .* finished at");
        assertThat(finished).contains("DataSourceNone");
        reporter.publishEntry("without a seed", finished);
    }

    @Test
    @Order(3)
    @DisplayName("its screen can be looked at, and its keys pressed")
    void keysReachTheScreen(Guest guest, TestReporter reporter) {
        eventually(() -> assertThat(programs(guest)).contains("agetty"));
        // One, since root has logged in on the serial console.
        assertThat(programs(guest)).containsOnlyOnce("login");

        for (String key : List.of("r", "o", "o", "t")) {
            guest.pressKeys(key);
        }
        guest.pressKeys("ret");
        // The getty on the screen hands over to what asks for the password.
        eventually(() -> assertThat(programs(guest)).containsSubsequence("login", "login"));
        reporter.publishFile("screen.png", MediaType.IMAGE_PNG, guest.screenshot()::writeTo);
    }

    private static List<String> programs(Guest guest) {
        return guest.sh("cat /proc/[0-9]*/comm 2>/dev/null || true")
                .stdout()
                .lines()
                .toList();
    }
}
