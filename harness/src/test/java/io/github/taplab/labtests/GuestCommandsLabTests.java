package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small guest's commands have a port of their own, whoever runs its machine. */
@LabContainer
@MacvtapVm(name = "direct", attachment = Attachment.DIRECT)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuestCommandsLabTests {

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(1)
    void commandsRunSideBySideAndEachGetsItsOwnAnswer(String name, Lab lab) {
        Guest guest = lab.guest(name);
        List<CompletableFuture<String>> answers = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> guest.sh(
                                "sleep 0.%d; echo answer %d".formatted(9 - i % 9, i))
                        .text()))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo("answer " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(2)
    void filesHaveAnyBytesAndAnyLength(String name, Lab lab) throws Exception {
        RootShell shell = Behind.of(RootShell.class, lab.guest(name).shell());
        byte[] content = new byte[200_000];
        new Random(11).nextBytes(content);
        for (int length : new int[] {content.length, 1, 0}) {
            byte[] part = Arrays.copyOf(content, length);

            shell.writeFile("/tmp/a file", part);

            assertThat(shell.run("sha256sum", "/tmp/a file").text())
                    .startsWith(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(part)));
        }

        assertThatThrownBy(() -> shell.writeFile("/no/such/folder/file", content))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("%s can't write /no/such/folder/file: errno 2".formatted(name));
    }

    /** The guest has got its address without a process of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(2)
    void itsAddressAndItsRouteAreAsIpWouldHaveMadeThem(String name, Lab lab) {
        Guest guest = lab.guest(name);
        RootShell shell = Behind.of(RootShell.class, guest.shell());
        InterfaceIp ip = guest.interfaceIp();
        InetAddress router = lab.subnet().host(1);
        String given = tables(guest);

        guest.run("ip", "address", "flush", "dev", "eth0", "scope", "global");
        guest.addAddress(ip);
        guest.addDefaultRoute(router);
        assertThat(tables(guest)).isEqualTo(given).contains("inet " + ip, "default via " + router.getHostAddress());

        assertThatThrownBy(() -> shell.addAddress("eth0", ip, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("%s can't add the address %s to eth0: errno 17".formatted(name, ip));
        InterfaceIp second = new InterfaceIp(lab.subnet().host(200), ip.prefixLength());
        assertThatThrownBy(() -> shell.addAddress("eth0", second, Optional.of(router)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("%s can't add the address %s to eth0, and a default route by way of %s: errno 17"
                        .formatted(name, second, router.getHostAddress()));
        guest.removeAddress(second);
    }

    private static String tables(Guest guest) {
        return guest.sh("ip -o -4 address show dev eth0; ip -d -4 route show table all")
                .stdout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(3)
    @Timeout(200)
    void aGuestThatRestartsByItselfKnowsNothingOfACommandAndRunsTheNextOne(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.run("touch", "/tmp/before");

        assertThatThrownBy(() -> guest.run("sh", "-c", "reboot -f; sleep 60"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "(?s)The command port of %1$s ended while %1$s ran: sh -c reboot -f; sleep 60: it has"
                                        .formatted(name)
                                + " started anew; asked for: sh -c reboot -f; sleep 60; its QEMU on launcher is .*");

        assertThat(guest.tryRun("test", "-e", "/tmp/before")).failed();
        assertThat(guest.run("echo", "on")).printed("on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(4)
    @Timeout(200)
    void theFirstCommandAfterAReboot(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.run("touch", "/tmp/before");

        guest.reboot();

        assertThat(guest.tryRun("test", "-e", "/tmp/before")).failed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(5)
    @Timeout(200)
    void aRebootThatTheGuestRefusesIsAnErrorAndTheGuestGoesOn(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.run("touch", "/tmp/before");
        Shutdown.isKilled(guest, "");

        assertThatThrownBy(guest::reboot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("%s does not reboot: ".formatted(name))
                .hasMessageContaining("child process has terminated abnormally");

        assertThat(guest.run("test", "-e", "/tmp/before")).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(6)
    @Timeout(200)
    void oneThatItTakesBeforeItRefusesIsNone(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.run("touch", "/tmp/before");
        Shutdown.isKilled(guest, "(sleep 1; reboot -f) &");

        guest.reboot();

        assertThat(guest.tryRun("test", "-e", "/tmp/before")).failed();
    }
}
