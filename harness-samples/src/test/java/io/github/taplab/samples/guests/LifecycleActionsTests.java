package io.github.taplab.samples.guests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.samples.Question;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@Order(808)
@Question(
        value = "What do on_reboot and on_crash mean for a domain's macvtap?",
        answer =
                "It stays as long as the domain does: with restart and preserve it stays, with destroy it goes; a panic is a crash only where the domain has a panic device, and both can be set in the live domain by virsh set-lifecycle-action")
@DisplayName("8.8 What a domain does on a reboot and a crash is what its macvtap goes through")
class LifecycleActionsTests {

    // Of a machine that is emulated, with what libvirt makes of its end.
    private static final Duration BOOT = Duration.ofSeconds(60);

    @AfterEach
    void end(Launcher launcher) {
        OneSectorDomain.end(launcher);
    }

    @Test
    @Order(1)
    @DisplayName("on_reboot restart: it reboots again and again on the same macvtap")
    void restartKeepsIt(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.RESET, "restart", "destroy", "");
        List<Integer> before = macvtaps(launcher);
        // One that comes after this question: there are more to come.
        launcher.run("virsh", "event", "--domain", "sector", "--event", "reboot", "--timeout", "20");

        assertThat(before).hasSize(1).isEqualTo(macvtaps(launcher));
    }

    @Test
    @Order(2)
    @DisplayName("on_reboot destroy: the first reboot is the end of both")
    void destroyOnRebootTakesIt(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.RESET, "destroy", "destroy", "");
        eventually(BOOT, () -> assertThat(macvtaps(launcher)).isEmpty());
        assertThat(launcher.run("virsh", "list", "--name")).printed("");
    }

    @Test
    @Order(3)
    @DisplayName("the same set in the live domain")
    void setInTheLiveDomain(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.RESET, "restart", "destroy", "");
        launcher.run("virsh", "set-lifecycle-action", "sector", "reboot", "destroy", "--live");
        eventually(BOOT, () -> assertThat(macvtaps(launcher)).isEmpty());
    }

    @Test
    @Order(4)
    @DisplayName("on_crash preserve: the domain is crashed and kept, its macvtap too, and it stays up")
    void preserveKeepsIt(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.PANIC, "restart", "preserve", OneSectorDomain.PANIC_DEVICE);
        eventually(BOOT, () -> assertThat(OneSectorDomain.state(launcher)).isEqualTo("crashed (panicked)"));
        assertThat(launcher.macvtaps())
                .singleElement()
                .satisfies(macvtap -> assertThat(macvtap).isUp());
    }

    @Test
    @Order(5)
    @DisplayName("on_crash destroy: it goes")
    void destroyOnCrashTakesIt(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.PANIC, "restart", "destroy", OneSectorDomain.PANIC_DEVICE);
        eventually(BOOT, () -> assertThat(macvtaps(launcher)).isEmpty());
    }

    @Test
    @Order(6)
    @DisplayName("broken on purpose: without a panic device nobody hears of the crash, and all goes on")
    void withoutAPanicDeviceItIsNoCrash(Launcher launcher) {
        OneSectorDomain.start(launcher, OneSectorDomain.PANIC, "restart", "destroy", "");
        // What it has written behind its panic.
        eventually(
                BOOT,
                () -> assertThat(launcher.run("cat", "/tmp/serial").stdout()).endsWith("x"));
        assertThat(OneSectorDomain.state(launcher)).isEqualTo("running (booted)");
        assertThat(macvtaps(launcher)).hasSize(1);
    }

    private static List<Integer> macvtaps(Launcher launcher) {
        return launcher.macvtaps().stream().map(Link::index).toList();
    }
}
