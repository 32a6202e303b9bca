package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.EachAttachment;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.console.ConsoleShell;
import io.github.taplab.internal.console.SerialConsole;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Console;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The serial console is the same whoever runs the machine. Once a shell has taken it over, it shows no prompt. */
@EachAttachment({Attachment.DIRECT, Attachment.QEMU})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
class ConsoleLabTests {

    // A busy machine's emulated UART gives a few thousand bytes a second.
    private static final Duration MUCH_OUTPUT = Duration.ofMinutes(2);

    private static ConsoleShell shellOnTheConsoleOf(Guest guest) {
        return Behind.of(SerialConsole.class, guest.console()).shell("root", Optional.empty());
    }

    @Test
    @Order(1)
    void textHasTheBootFromItsBeginning(Guest guest) {
        String text = guest.console().text();

        assertThat(text)
                .contains("Linux version")
                .contains("guest: userland reached\n", "guest: agent starting")
                .doesNotContain("\r", "\u001b");
        assertThat(text.lines().toList().get(0)).startsWith("[    0.000000] ");
    }

    @Test
    @Order(1)
    void aLineFromBeforeIsFoundAndNobodyGoesOnReading(Guest guest) {
        assertThat(guest.console().awaitLine("^guest: .* reached")).isEqualTo("guest: userland reached");
        Waiting.until(
                "no tail is left",
                Duration.ofSeconds(5),
                () -> guest.launcher().tryRun("pidof", "tail").stdout(),
                String::isBlank);
    }

    @Test
    @Order(1)
    void aLineThatComesLaterIsWaitedFor(Guest guest) {
        // The prompt before it is a line without an end.
        guest.sh("(sleep 1; printf '\\ncome later\\n' >/dev/console) >/dev/null 2>&1 &");

        assertThat(guest.console().awaitLine("later$", Duration.ofSeconds(10))).isEqualTo("come later");
    }

    @Test
    @Order(1)
    void aLineThatDoesNotComeIsADeadlineWithTheLastLines(Guest guest) {
        guest.sh("echo the last words >/dev/console");

        assertThatThrownBy(() -> guest.console().awaitLine("no such (line|text)", Duration.ofSeconds(5)))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching(
                        "(?s)the console of guest has a line with /no such \\(line\\|text\\)/: not within 5000 ms,"
                                + " last seen: console of guest:\\R.*guest: agent starting.*the last words\\R.*");
    }

    @Test
    @Order(2)
    void whatIsTypedIsExecuted(Guest guest) {
        Console console = guest.console();
        console.type("\n");
        console.awaitLine("^~ # $");

        console.type("echo $((6 * 7)) of $(cat /proc/sys/kernel/hostname)\n");

        assertThat(console.awaitLine("^42")).isEqualTo("42 of guest");
        assertThat(Waiting.until("its prompt", Duration.ofSeconds(10), () -> console.tail(1), "~ # "::equals))
                .isEqualTo("~ # ");
    }

    @Test
    @Order(3)
    void shellOnTheConsoleNeedsNeitherANetworkNorAnAgent(Lab lab) {
        Guest guest = lab.guest();
        ConsoleShell shell = shellOnTheConsoleOf(guest);
        lab.launcher().setDown("eth0");
        try {
            shell.run("ip", "link", "set", "dev", "eth0", "down");
            shell.run("killall", "qemu-ga");

            assertThat(shell.run("cat", "/sys/class/net/eth0/operstate")).printed("down");
            assertThat(shell.tryRun("sh", "-c", "echo out; echo err >&2; exit 3"))
                    .hasExitCode(3)
                    .satisfies(result -> {
                        assertThat(result.stdout()).isEqualTo("out\n");
                        assertThat(result.stderr()).isEqualTo("err\n");
                    });
            assertThat(shell.tryRun("no-such-program")).hasExitCode(127);
            assertThat(shell.tryRun("sh", "-c", "kill -INT $$")).hasExitCode(128 + 2);
        } finally {
            lab.launcher().setUp("eth0");
        }
    }

    @Test
    @Order(3)
    void argumentsArriveAsTheyAre(Guest guest) {
        assertThat(shellOnTheConsoleOf(guest)
                        .run("printf", "<%s>", "two words", "'\"`", "$HOME", "two\nlines", "", "grün €")
                        .stdout())
                .isEqualTo("<two words><'\"`><$HOME><two\nlines><><grün €>");
    }

    @Test
    @Order(3)
    void filesAndMuchOutputAreComplete(Guest guest) {
        byte[] content = new byte[30_000];
        new Random(7).nextBytes(content);
        ConsoleShell shell = shellOnTheConsoleOf(guest);

        shell.writeFile("/tmp/random", content);

        assertThat(shell.run("wc", "-c", "/tmp/random")).printed("30000 /tmp/random");
        assertThat(shell.tryRun(MUCH_OUTPUT, "sh", "-c", "head -c 200000 /dev/zero | tr '\\0' x")
                        .stdout())
                .hasSize(200_000)
                .matches("x*");
        assertThat(guest.console()
                        .text()
                        .lines()
                        .filter(line -> line.contains(":out:"))
                        .toList())
                .isEmpty();
    }

    @Test
    @Order(4)
    void kernelMessagesDoNotGetIntoAResult(Guest guest) {
        ConsoleShell shell = shellOnTheConsoleOf(guest);
        shell.sh(
                "while :; do echo '<4>noise'; sleep 0.02; done >/dev/kmsg 2>/dev/null </dev/null & echo $! >/tmp/noise");
        try {
            assertThat(shell.sh("seq 3000").stdout()).endsWith("2999\n3000\n").hasLineCount(3000);
        } finally {
            shell.sh("kill $(cat /tmp/noise)");
        }
        assertThat(guest.console().text()).contains("noise");
        assertThat(shell.sh("cut -f 1 /proc/sys/kernel/printk")).printed("7");
    }

    @Test
    @Order(3)
    void atItsDeadlineACommandIsKilled(Guest guest) {
        ConsoleShell shell = shellOnTheConsoleOf(guest);

        assertThatThrownBy(() -> shell.tryRun(Duration.ofSeconds(5), "sh", "-c", "echo $((6 * 7)); sleep 4321"))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("Command still ran after its deadline of 5000 ms on guest: sh -c")
                .hasMessageContaining("stdout: 42");
        assertThat(shell.tryRun("pidof", "sleep")).hasExitCode(1);
    }

    @Test
    @Order(5)
    void afterARestartTheShellLogsInAnew(Guest guest) {
        ConsoleShell shell = shellOnTheConsoleOf(guest);
        shell.run("touch", "/tmp/before");

        guest.console().type("reboot -f\n");

        assertThat(shell.tryRun("test", "-e", "/tmp/before")).hasExitCode(1);
    }
}
