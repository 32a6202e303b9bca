package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.BootMode;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Live migration, whoever runs the guest, and what is the same afterwards. */
@EachAttachment
@LabContainer(launchers = {"a", "b"})
@MacvtapVm(launcher = "a", boot = BootMode.COLD, mtu = 1400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; an Undo is there for its end.
class MigrationLabTests {

    @FromLab
    Guest guest;

    @FromLab
    Client client;

    /** Something stands in the way: it is told, what was made there goes, and the guest does not notice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "b # ip link add link eth0 name thru type macvlan mode passthru # ip link del thru # Invalid argument",
                "b # mkdir /run/guest.migration # rmdir /run/guest.migration # Is a directory",
                "a # mkdir /run/guest.migration # rmdir /run/guest.migration # Nobody listens for the migration",
                "b # until kill -9 $(pidof qemu-system-$(uname -m)); do sleep .2; done >/dev/null 2>&1 & # true # signal 9|monitor|Connection reset by peer|Broken pipe",
            })
    @Order(1)
    void whereItCantGoItStaysWhereItWas(String where, String before, String after, String why, Lab lab) {
        Launcher b = lab.launcher("b");
        lab.launcher(where).sh(before);

        try {
            assertThatThrownBy(() -> guest.migrateTo(b))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("guest can't migrate from a to b, and stays on a: ")
                    .hasMessageMatching("(?s).*(%s).*".formatted(why));
        } finally {
            lab.launcher(where).sh(after);
        }
        assertThat(guest.launcher().name()).isEqualTo("a");
        assertThat(client).reaches(guest.ip());
        assertThat(b.macvtaps()).isEmpty();
        assertThat(b.tryRun("sh", "-c", "pidof qemu-system-$(uname -m)").succeeded())
                .isFalse();
        Launcher a = lab.launcher("a");
        eventually(() -> assertThat(a.sh("ls /run").text()).doesNotContain("guest.migration", "guest.libvirtd"));
    }

    static Stream<Arguments> interruptions() {
        // In place of whoever takes what is sent, and passes it on: he takes it, and reads nothing.
        String taker = """
                cat >/usr/local/bin/perl <<'SCRIPT'
                #!/bin/sh
                for last; do :; done
                case $last in
                */guest.migration)
                  socat UNIX-LISTEN:"$last" 'EXEC:sleep 4242' &
                  until test -S "$last"; do sleep .02; done
                  echo listening >&2
                  wait
                  ;;
                *) exec /usr/bin/perl "$@" ;;
                esac
                SCRIPT
                chmod 755 /usr/local/bin/perl""";
        return Stream.of(
                // While it is prepared: whoever writes the console log there waits for a reader.
                Arguments.of(
                        "b",
                        "rm -f /var/log/taplab/guest-console.log; mkfifo /var/log/taplab/guest-console.log",
                        "until grep -qs guest-console[.]log /proc/[0-9]*/cmdline; do sleep .1; done",
                        "timeout 5 cat /var/log/taplab/guest-console.log; rm /var/log/taplab/guest-console.log"),
                // While it is sent.
                Arguments.of(
                        "a",
                        taker,
                        "until grep -qsz '^[4]242$' /proc/[0-9]*/cmdline; do sleep .1; done",
                        "rm /usr/local/bin/perl;"
                                + " kill $(grep -lsz '^[4]242$' /proc/[0-9]*/cmdline | cut -d / -f 3) || true"));
    }

    /**
     * An interrupt, as that of a timeout, is not the end of it: what was made there goes, and the guest goes on where
     * it was. The next test shows that it can still go.
     */
    @ParameterizedTest
    @MethodSource("interruptions")
    @Order(2)
    void whoIsInterruptedHasItStayWhereItWas(String where, String before, String until, String after, Lab lab) {
        Launcher a = lab.launcher("a");
        Launcher b = lab.launcher("b");
        Launcher there = lab.launcher(where);
        there.sh(before);
        Thread test = Thread.currentThread();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            there.sh(until);
            test.interrupt();
        });

        boolean interrupted;
        try {
            assertThatThrownBy(() -> guest.migrateTo(b)).isInstanceOf(InterruptedWaitException.class);
        } finally {
            other.join();
            interrupted = Thread.interrupted();
            there.sh(after);
        }

        assertThat(interrupted).isTrue();
        assertThat(guest.launcher().name()).isEqualTo("a");
        assertThat(client).reaches(guest.ip());
        assertThat(b.macvtaps()).isEmpty();
        assertThat(b.tryRun("sh", "-c", "pidof qemu-system-$(uname -m)").succeeded())
                .isFalse();
        eventually(() -> assertThat(a.sh("ls /run").text()).doesNotContain("guest.migration", "guest.libvirtd"));
    }

    @Test
    @Order(3)
    void allThatItIsAskedIsAskedThere(Lab lab) {
        guest.sh("echo before >/dev/console");
        String saidBefore = guest.console().text();
        guest.console().type("\n");

        guest.migrateTo(lab.launcher("b"));

        assertThat(guest.console().text()).startsWith(saidBefore);
        guest.console().type("echo typed $((20 + 3))\n");
        assertThat(guest.console().awaitLine("typed 23")).contains("typed 23");
        assertThat(guest.commandLine()).containsSequence("-incoming", "defer");
        assertThat(guest.macvtap().mtu()).isEqualTo(1400);
        assertThat(client.ssh(guest)).isConnected();
        assertThat(lab.launcher("a")
                        .tryRun("sh", "-c", "pidof qemu-system-$(uname -m)")
                        .succeeded())
                .isFalse();
        try (Undo cable = guest.unplugCable()) {
            assertThat(client.ping(guest.ip())).isNotAnswered();
        }
        try (Undo nic = guest.hotUnplug()) {
            assertThatThrownBy(() -> guest.migrateTo(lab.launcher("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("at present, put it back first");
        }
        assertThat(client).reaches(guest.ip());
    }

    @Test
    @Order(4)
    void backAgainAndRestarted(Lab lab) {
        var address = guest.interfaceIp();
        Launcher to = lab.launcher(guest.launcher().name().equals("a") ? "b" : "a");

        guest.migrateTo(to);
        guest.reboot();
        guest.addAddress(address);

        assertThat(client).reaches(guest.ip());
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(5)
    void poweredOffThereItBootsThere(Lab lab) {
        var address = guest.interfaceIp();
        String from = guest.launcher().name();
        String to = from.equals("a") ? "b" : "a";

        guest.migrateTo(lab.launcher(to));
        guest.powerOff();
        assertThatThrownBy(() -> guest.migrateTo(lab.launcher(from)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its test has powered it off");
        guest.powerOn();
        guest.addAddress(address);

        assertThat(guest.launcher().name()).isEqualTo(to);
        assertThat(guest.commandLine()).doesNotContain("-incoming");
        assertThat(client).reaches(guest.ip());
        assertThat(client.ssh(guest)).isConnected();
    }
}
