package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.GuestAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in a container travel through the engine, those in a guest through its agent; both must look the same. */
@LabContainer
@MacvtapVm(address = GuestAddress.NONE)
class ShellLabTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static Shell shell(String node, Lab lab) {
        return node.equals("guest") ? lab.guest().shell() : lab.launcher();
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void streamsAndExitCodeAreApart(String node, Lab lab) {
        CommandResult result = shell(node, lab).tryRun("sh", "-c", "echo out; echo err >&2; exit 3");

        assertThat(result.node()).isEqualTo(node);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result).hasExitCode(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void argumentsArriveAsTheyAre(String node, Lab lab) {
        CommandResult result = shell(node, lab)
                .run("printf", "<%s>", "two words", "'\"`", "$HOME", "$(id)", "two\nlines", "*", "back\\n", "", "grün");

        assertThat(result.stdout()).isEqualTo("<two words><'\"`><$HOME><$(id)><two\nlines><*><back\\n><><grün>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void aLineOfShellIsExpanded(String node, Lab lab) {
        assertThat(shell(node, lab).sh("echo $((6 * 7)) | tr 4 x")).printed("x2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void muchOutputIsComplete(String node, Lab lab) {
        CommandResult result = shell(node, lab).sh("head -c 500000 /dev/zero | tr '\\0' x");

        assertThat(result.stdout()).hasSize(500_000).matches("x*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void aSignalShowsInTheExitCode(String node, Lab lab) {
        assertThat(shell(node, lab).tryRun("sh", "-c", "kill -TERM $$")).hasExitCode(128 + 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void exitCode124IsNoDeadline(String node, Lab lab) {
        assertThat(shell(node, lab).tryRun("sh", "-c", "exit 124")).hasExitCode(124);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void runThrowsWithAllThatTheCommandSaid(String node, Lab lab) {
        assertThatThrownBy(() -> shell(node, lab).run("sh", "-c", "echo out; echo err >&2; exit 7"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageMatching("(?s)Command failed on " + node
                        + ": sh -c echo out; echo err >&2; exit 7\\Rexit code 7 after \\d+ ms\\R"
                        + "stdout: out\\Rstderr: err");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void aMissingProgramIsAFailedCommand(String node, Lab lab) {
        CommandResult result = shell(node, lab).tryRun("no-such-program");

        assertThat(result).hasExitCode(127);
        assertThat(result.stderr()).contains("no-such-program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"launcher", "guest"})
    void atItsDeadlineACommandIsKilledWithItsChildren(String node, Lab lab) {
        Shell shell = shell(node, lab);
        String line = "echo $((6 * 7)); sleep 4321; echo woken";

        assertThatThrownBy(() -> shell.tryRun(Duration.ofSeconds(5), "sh", "-c", line))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("Command still ran after its deadline of 5000 ms on %s: sh -c %s", node, line)
                .hasMessageContaining("stdout: 42");

        Waiting.until(
                "sleep is gone from " + node,
                SOON,
                () -> shell.tryRun("pidof", "sleep").stdout(),
                String::isBlank);
    }

    @Test
    void guestShellNeedsNoNetwork(Guest guest, GuestShell shell) {
        guest.setDown("eth0");
        try {
            assertThat(guest.link("eth0").up()).isFalse();
            assertThat(shell.run("echo", "still here")).printed("still here");
        } finally {
            guest.setUp("eth0");
        }
    }

    @Test
    void launcherShellNeedsNoNetwork(Lab lab) {
        lab.launcher().setDown("eth0");
        try {
            assertThat(lab.launcher().run("echo", "still here")).printed("still here");
            assertThat(lab.guest().shell().run("echo", "here too")).printed("here too");
        } finally {
            lab.launcher().setUp("eth0");
        }
    }
}
