package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.LauncherProcess;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A libvirtd is started where one is needed, and one that does not start says so by its name. */
class LibvirtdStartLabTests {

    private static void open(Launcher launcher) {
        LibvirtConnection.open(
                        launcher.name(),
                        Behind.of(LauncherHandle.class, launcher).container())
                .close();
    }

    // It has the name of what it stands for, also where the kernel shows it.
    private static void replaceLibvirtd(Launcher launcher, String script) {
        launcher.run("sh", "-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >/usr/sbin/libvirtd", "sh", script);
    }

    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @Nested
    class OfBareQemu {

        @Test
        void nobodyStartsOne(Launcher launcher, Guest guest) {
            assertThat(guest.tryRun("true")).succeeded();
            assertThat(launcher.tryRun("virsh", "list")).failed();
        }
    }

    @LabContainer
    @Nested
    class OfALauncherWithoutGuests {

        @Test
        void virshFindsOne(Launcher launcher) {
            assertThat(launcher.tryRun("virsh", "list")).succeeded();
        }

        /** What ends there for want of room has no room to say so. */
        @Test
        void whereNoSpaceIsLeftThatIsToldWithTheLinesOfAFile(Launcher launcher) {
            LauncherProcess any = LauncherProcess.ofName(
                    launcher.name(), Behind.of(LauncherHandle.class, launcher).container(), "any");
            launcher.sh("echo begun >/dev/shm/log; cat /dev/zero >/dev/shm/fill 2>/dev/null || :");

            assertThat(any.lastLines("/dev/shm/log"))
                    .isEqualToNormalizingNewlines(
                            "no space left on launcher, where /dev/shm/log is; the last lines of /dev/shm/log on launcher:\nbegun");

            launcher.run("rm", "/dev/shm/fill");
            assertThat(any.lastLines("/dev/shm/log")).startsWith("the last lines of /dev/shm/log");
        }
    }

    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @Nested
    class ThatIsStopped {

        @Test
        void isCalledStopped(Launcher launcher) {
            replaceLibvirtd(launcher, "[ \"$1\" != started ] || kill -STOP $$; setsid \"$0\" started & wait");

            assertThatThrownBy(() -> open(launcher))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("(?s)libvirtd on launcher does not accept connections within 30 s;"
                            + " it is stopped \\(T\\), process \\d+; asked for: its start; .*libvirtd\\.log.*");
        }
    }

    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @Nested
    class ThatRefuses {

        @Test
        void isQuoted(Launcher launcher) {
            replaceLibvirtd(launcher, "echo no such option >&2; exit 3");

            assertThatThrownBy(() -> open(launcher))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("libvirtd on launcher does not start: no such option");
        }
    }
}
