package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleLoginTests {

    private static final Duration SOON = Duration.ofSeconds(8);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void closeConsoles() throws Exception {
        for (AutoCloseable console : opened) {
            console.close();
        }
    }

    /** A getty and a login that know one user; a missing program is the sign that a shell was reached. */
    private ScriptedConsole console(String user, String password) {
        String[] state = {"idle"};
        ScriptedConsole console = new ScriptedConsole(typed -> {
            switch (state[0]) {
                case "idle" -> {
                    state[0] = typed.isEmpty() ? "idle" : "name " + typed;
                    return typed.isEmpty() ? "\r\nDebian\r\n\r\nweb login: " : typed + "\r\nPassword: ";
                }
                case "shell" -> {
                    return ScriptedConsole.shellWithout("setsid", typed);
                }
                default -> {
                    boolean right = state[0].equals("name " + user) && typed.equals(password);
                    state[0] = right ? "shell" : "idle";
                    return right
                            ? "\r\nLast login: Tue Mar  3 10:00:00 UTC 2026 on ttyS0\r\nroot@web:~# "
                            : "\r\n\r\nLogin incorrect\r\nweb login: ";
                }
            }
        });
        opened.push(console);
        return console;
    }

    private static ConsoleShell shell(ScriptedConsole console, String user, String password) {
        return new ConsoleShell(
                "web", console.line(), user, Optional.of(password).filter(text -> !text.isEmpty()));
    }

    @Test
    void namesUserAndPassword() {
        ScriptedConsole console = console("root", "se cret");

        assertThatThrownBy(() -> shell(console, "root", "se cret").logIn(SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Commands can't be run on the console of web: the guest has no setsid");
        assertThat(console.lines()).startsWith("", "root", "se cret");
    }

    @Test
    void aWrongPasswordIsTriedOnce() {
        ScriptedConsole console = console("root", "secret");

        assertThatThrownBy(() -> shell(console, "root", "wrong").logIn(SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("The console of web does not let root in with the given password, last seen: \\R"
                        + "Debian\\R\\Rweb login: root\\RPassword: \\R\\RLogin incorrect\\Rweb login: ")
                .hasMessageNotContaining("wrong");
        assertThat(console.lines()).containsExactly("", "root", "wrong");
    }

    @Test
    void aLogInThatGivesUpIsNoRefusal() {
        Deque<String> answers = new ArrayDeque<>(List.of(
                "\r\nweb login: ",
                "root\r\nPassword: ",
                // As login(1) of util-linux says it: the password came before it listened.
                "\r\nlogin: timed out after 60 seconds\r\nweb login: ",
                "root\r\nPassword: ",
                "\r\nroot@web:~# "));
        ScriptedConsole console = new ScriptedConsole(
                typed -> answers.isEmpty() ? ScriptedConsole.shellWithout("sed", typed) : answers.remove());
        opened.push(console);

        assertThatThrownBy(() -> shell(console, "root", "secret").logIn(SOON)).hasMessageContaining("has no sed");
        assertThat(console.lines()).startsWith("", "root", "secret", "root", "secret");
    }

    @Test
    void aPasswordThatIsAskedForAgainAndAgainIsARefusal() {
        ScriptedConsole console = new ScriptedConsole(typed -> typed.isEmpty() ? "\r\nweb login: " : "\r\nPassword: ");
        opened.push(console);

        assertThatThrownBy(() -> shell(console, "root", "secret").logIn(SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The console of web does not let root in with the given password");
        assertThat(console.lines()).containsExactly("", "root", "secret", "secret", "secret");
    }

    @Test
    void aPasswordThatIsAskedForMustBeGiven() {
        assertThatThrownBy(() -> shell(console("root", "secret"), "root", "").logIn(SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The console of web asks for a password of root, and none was given, last seen:");
    }

    @Test
    void anotherOnesLogInThatWasLeftHalfWayIsNoRefusal() {
        ScriptedConsole console = console("root", "secret");
        SerialLine line = console.line();
        line.type("somebody\r");

        assertThatThrownBy(() -> new ConsoleShell("web", line, "root", Optional.of("secret")).logIn(SOON))
                .hasMessageContaining("the guest has no setsid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~ # ", "$ ", "(initramfs) ", "\u001b[?2004hroot@web:~# "})
    void aShellThatIsAlreadyThereIsTaken(String prompt) {
        ScriptedConsole console = new ScriptedConsole(
                typed -> typed.isEmpty() ? "\r\n" + prompt : ScriptedConsole.shellWithout("sed base64", typed));
        opened.push(console);

        assertThatThrownBy(() -> shell(console, "root", "secret").logIn(SOON))
                .hasMessage("Commands can't be run on the console of web: the guest has no sed, base64");
        assertThat(console.lines()).hasSize(3).doesNotContain("root", "secret");
    }

    @Test
    void enterIsPressedWhereAConsoleWantsIt() {
        Deque<String> answers =
                new ArrayDeque<>(List.of("\r\nPlease press Enter to activate this console. ", "\r\n~ # "));
        ScriptedConsole console = new ScriptedConsole(
                typed -> typed.isEmpty() ? answers.remove() : ScriptedConsole.shellWithout("sed", typed));
        opened.push(console);

        assertThatThrownBy(() -> shell(console, "root", "").logIn(SOON)).hasMessageContaining("has no sed");
        assertThat(console.lines()).startsWith("", "");
    }

    @Test
    void aSilentConsoleIsADeadline() {
        ScriptedConsole console = new ScriptedConsole(typed -> typed.isEmpty() ? "[    1.0] still booting\r\n" : "?");
        opened.push(console);

        assertThatThrownBy(() -> shell(console, "root", "").logIn(Duration.ofSeconds(3)))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching("root logs in on the console of web: not within 3000 ms, last seen: "
                        + "\\[ {4}1\\.0] still booting");
        assertThat(console.lines()).containsOnly("");
    }
}
