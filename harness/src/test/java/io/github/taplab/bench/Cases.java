package io.github.taplab.bench;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test classes that are measured. {@link BenchRun} runs them; nobody else finds them by their names. */
final class Cases {

    // One more than samples: the first one warms up.
    private static final int TIMES = 11;
    private static final int COMMANDS = 30;

    private Cases() {}

    @ExtendWith(Stopwatch.class)
    @Measured("class.ready.warm")
    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(attachment = Attachment.QEMU, boot = BootMode.WARM)
    static final class Warm {

        @RepeatedTest(TIMES)
        void firstCommand(Guest guest) {
            guest.run("true");
        }
    }

    @ExtendWith(Stopwatch.class)
    @Measured("class.ready.warm.libvirt")
    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(attachment = Attachment.DIRECT, boot = BootMode.WARM)
    static final class WarmLibvirt {

        @RepeatedTest(TIMES)
        void firstCommand(Guest guest) {
            guest.run("true");
        }
    }

    @ExtendWith(Stopwatch.class)
    @Measured("class.ready.warm.debian-cloud")
    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(attachment = Attachment.QEMU, image = "debian-cloud", boot = BootMode.WARM)
    static final class WarmDebianCloud {

        @RepeatedTest(TIMES)
        void firstCommand(Guest guest) {
            guest.run("true");
        }
    }

    @ExtendWith(Stopwatch.class)
    @Measured("class.ready.cold")
    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(attachment = Attachment.QEMU, boot = BootMode.COLD)
    static final class Cold {

        @RepeatedTest(TIMES)
        void firstCommand(Guest guest) {
            guest.run("true");
        }
    }

    /** Whose QEMU is the one of {@code cold.sh}. */
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU, boot = BootMode.COLD)
    static final class Model {

        @Test
        void whatItIsMadeOf(Guest guest) {
            BenchRun.model(guest.mac().toString(), guest.commandLine());
        }
    }

    @ExtendWith(Stopwatch.class)
    @Measured("method.reset")
    @LabContainer(scope = LabScope.REWIND)
    @MacvtapVm(attachment = Attachment.QEMU)
    static final class Reset {

        @RepeatedTest(TIMES)
        void firstCommand(Guest guest) {
            guest.run("true");
        }

        /** QEMU alone goes back to the same point, and the guest answers once more. */
        @AfterEach
        void floor(Guest guest, Launcher launcher) throws Exception {
            BenchRun.FIGURES.floor("method.reset", () -> {
                launcher.sh("printf 'loadvm taplab.checkpoint\\n' | socat -t 30 - UNIX-CONNECT:/run/guest.monitor");
                return guest.run("true");
            });
        }
    }

    /**
     * As long as the next lab needs at most: that one is made in the meantime. {@link BenchRun} says which attachment a
     * run has.
     */
    @ExtendWith(Stopwatch.class)
    @Measured(value = "class.ready.pooled", fromClass = true)
    @LabContainer
    @MacvtapVm
    @EachAttachment
    abstract static class Pooled {

        @Test
        void firstCommand(Guest guest) {
            guest.run("true");
        }

        @AfterEach
        void work(Guest guest) {
            guest.run("sleep", "4");
        }
    }

    static final class Pooled01 extends Pooled {}

    static final class Pooled02 extends Pooled {}

    static final class Pooled03 extends Pooled {}

    static final class Pooled04 extends Pooled {}

    static final class Pooled05 extends Pooled {}

    static final class Pooled06 extends Pooled {}

    static final class Pooled07 extends Pooled {}

    static final class Pooled08 extends Pooled {}

    static final class Pooled09 extends Pooled {}

    static final class Pooled10 extends Pooled {}

    static final class Pooled11 extends Pooled {}

    static final class Pooled12 extends Pooled {}

    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    static final class Commands {

        @Test
        void everywhere(Guest guest, Launcher launcher, Client client) throws Exception {
            String container = Command.run(
                            "docker",
                            "ps",
                            "--quiet",
                            "--filter",
                            "label=io.github.taplab.lab=" + Commands.class.getName())
                    .lines()
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < COMMANDS; i++) {
                BenchRun.FIGURES.value("command.guest", () -> guest.run("true"));
                BenchRun.FIGURES.value("command.launcher", () -> launcher.run("true"));
                BenchRun.FIGURES.value("command.client", () -> client.run("true"));
                BenchRun.FIGURES.floor("command.guest", () -> Command.run("docker", "exec", container, "true"));
            }
            BenchRun.FIGURES.floorOf("command.launcher", "command.guest");
            BenchRun.FIGURES.floorOf("command.client", "command.guest");
        }

        @Test
        void questions(Guest guest, Client client) throws Exception {
            String ip = guest.ip().getHostAddress();
            client.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/root/bench");
            guest.sh("echo '%s' >>/root/.ssh/authorized_keys"
                    .formatted(client.sh("cat /root/bench.pub").text()));
            for (int i = 0; i < TIMES; i++) {
                BenchRun.FIGURES.value("whohas", () -> client.whoHas(guest.ip()));
                BenchRun.FIGURES.floor("whohas", () -> client.run("arping", "-c", "1", "-I", "eth0", ip));
                BenchRun.FIGURES.value("ssh", () -> client.ssh(guest));
                BenchRun.FIGURES.floor(
                        "ssh",
                        () -> client.run(
                                "ssh",
                                "-i",
                                "/root/bench",
                                "-o",
                                "BatchMode=yes",
                                "-o",
                                "StrictHostKeyChecking=accept-new",
                                "root@" + ip,
                                "true"));
            }
        }
    }

    /** The document's spec, chapter 1.3. */
    @LabContainer
    @MacvtapVm(address = GuestAddress.NONE)
    static final class Experiment {

        @Test
        void sameIpOnContainerAndGuestBreaksSsh(Launcher launcher, Guest guest, Client client) {
            guest.copyAddressFrom(launcher);
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(launcher.mac(), guest.mac());
            client.flushNeighbours();
            assertThat(client.ssh(guest)).isRefusedBy(launcher.mac());

            launcher.removeAddress();
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
            client.flushNeighbours();
            assertThat(client.ssh(guest)).isConnected();
        }
    }

    /** A class as people have them, of ten tests. */
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    static final class Passing {

        @RepeatedTest(10)
        void reaches(Guest guest, Client client) {
            client.flushNeighbours();
            assertThat(client).reaches(guest.ip());
            assertThat(client.whoHas(guest.ip())).isAnsweredOnlyBy(guest.mac());
            guest.run("true");
        }
    }

    /** One of many labs at once. */
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    abstract static class OfMany {

        @Test
        void firstCommand(Guest guest, Launcher launcher) {
            guest.run("true");
            // What several share counts for each by its part.
            BenchRun.memory(Double.parseDouble(launcher.sh(
                                    "cat /proc/[0-9]*/smaps_rollup 2>/dev/null | awk '/^Pss:/ { s += $2 } END { print s }'")
                            .text())
                    / 1024);
        }
    }

    static List<Class<?>> many(int count) {
        return declared(OfMany.class).limit(count).toList();
    }

    static List<Class<?>> pooled() {
        return declared(Pooled.class).toList();
    }

    private static Stream<Class<?>> declared(Class<?> kind) {
        return Stream.<Class<?>>of(Cases.class.getDeclaredClasses())
                .filter(each -> each.getSuperclass() == kind)
                .sorted((one, other) -> one.getName().compareTo(other.getName()));
    }

    static final class Lab01 extends OfMany {}

    static final class Lab02 extends OfMany {}

    static final class Lab03 extends OfMany {}

    static final class Lab04 extends OfMany {}

    static final class Lab05 extends OfMany {}

    static final class Lab06 extends OfMany {}

    static final class Lab07 extends OfMany {}

    static final class Lab08 extends OfMany {}

    static final class Lab09 extends OfMany {}

    static final class Lab10 extends OfMany {}

    static final class Lab11 extends OfMany {}

    static final class Lab12 extends OfMany {}

    static final class Lab13 extends OfMany {}

    static final class Lab14 extends OfMany {}

    static final class Lab15 extends OfMany {}

    static final class Lab16 extends OfMany {}

    static final class Lab17 extends OfMany {}

    static final class Lab18 extends OfMany {}

    static final class Lab19 extends OfMany {}

    static final class Lab20 extends OfMany {}

    static final class Lab21 extends OfMany {}

    static final class Lab22 extends OfMany {}

    static final class Lab23 extends OfMany {}

    static final class Lab24 extends OfMany {}

    static final class Lab25 extends OfMany {}

    static final class Lab26 extends OfMany {}

    static final class Lab27 extends OfMany {}

    static final class Lab28 extends OfMany {}

    static final class Lab29 extends OfMany {}

    static final class Lab30 extends OfMany {}

    static final class Lab31 extends OfMany {}

    static final class Lab32 extends OfMany {}
}
