package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.internal.console.ConsoleShell;
import io.github.taplab.internal.console.SerialLine;
import io.github.taplab.internal.console.Wire;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Launcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debian's own getty, login and bash, on a terminal of a container: the small guest has none of them. */
@LabContainer
@SuppressWarnings("NullAway.Init") // The console is there before each test.
class ConsoleLoginLabTests {

    // Somebody must hold the terminal open: login hangs it up, as it would a serial line. In a subshell, since the
    // first
    // process of an exec would get it as its own terminal.
    private static final String CONSOLE = """
            echo 'root:se cret' | chpasswd
            (
              console=/run/console-$$
              exec 3<&0
              socat - PTY,link=$console,ignoreeof <&3 &
              while [ ! -e $console ]; do sleep 0.1; done
              exec 4<>$console
              terminal=$(readlink $console)
              while kill -0 $!; do setsid -w agetty -L 115200 "${terminal#/dev/}" vt100; done
            )
            """;

    private static final Duration LOGIN = Duration.ofSeconds(40);

    private SerialLine console;

    @BeforeEach
    void openConsole(Launcher launcher) {
        console = new SerialLine(
                "guest",
                () -> Wire.over(
                        Behind.of(LauncherHandle.class, launcher).container().open(List.of("sh", "-c", CONSOLE))));
    }

    @AfterEach
    void closeConsole() {
        console.close();
    }

    private ConsoleShell shell(String password) {
        return new ConsoleShell("guest", console, "root", Optional.of(password));
    }

    @Test
    void commandsRunAsTheOneWhoLoggedIn() {
        ConsoleShell shell = shell("se cret");

        assertThat(shell.run("id", "-un")).printed("root");
        assertThat(shell.tryRun("sh", "-c", "echo $HOME; echo err >&2; kill -INT $$"))
                .hasExitCode(128 + 2)
                .printed("/root");
    }

    @Test
    void afterTheLineWasLostItLogsInAnew() {
        ConsoleShell shell = shell("se cret");
        assertThat(shell.run("echo", "first")).printed("first");

        console.close();

        assertThat(shell.run("echo", "second")).printed("second");
    }

    @Test
    void aWrongPasswordIsNamedWithWhatTheConsoleSaid() {
        assertThatThrownBy(() -> shell("wrong").logIn(LOGIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)The console of guest does not let root in with the given password, last seen: "
                        + ".*login: root\\RPassword: \\RLogin incorrect.*");

        assertThat(shell("se cret").run("echo", "right")).printed("right");
    }
}
