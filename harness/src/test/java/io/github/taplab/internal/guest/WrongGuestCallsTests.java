package io.github.taplab.internal.guest;

import static io.github.taplab.WrongUse.nothing;
import static io.github.taplab.WrongUse.wrongUse;

import io.github.taplab.WrongUse;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.console.ConsoleShell;
import io.github.taplab.internal.console.SerialConsole;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of guests and their consoles with arguments that mean nothing. No machine is there: none may be asked. */
class WrongGuestCallsTests {

    private static final GuestAgent AGENT = new GuestAgent("guest", nothing());
    private static final ConsoleShell SHELL = new ConsoleShell("guest", nothing(), "root", Optional.empty());
    private static final SerialConsole CONSOLE =
            new SerialConsole("guest", nothing(), "/console.log", () -> "/dev/pts/0", Optional::empty);

    static Stream<WrongUse> calls() {
        String program = "guest.run: a command is a program and its arguments, such as \"ip\", \"link\", found none";
        String deadline = ": a deadline is longer than zero and at most PT24H, found ";
        String key = "guest.pressKeys: a key is one of QEMU's names such as \"ret\", found ";
        String keys = "guest.pressKeys: keys are QEMU's names such as \"ctrl\", \"a\", at least one, found none";
        return Stream.of(
                wrongUse("agent: nothing", () -> AGENT.run(), program),
                wrongUse("agent: no time", () -> AGENT.tryRun(Duration.ZERO, "ip"), "guest.run" + deadline + "PT0S"),
                wrongUse("shell on the console: nothing", () -> SHELL.run(), program),
                wrongUse(
                        "shell on the console: time run backwards",
                        () -> SHELL.tryRun(Duration.ofMillis(-1), "ip"),
                        "guest.run" + deadline + "PT-0.001S"),
                wrongUse(
                        "console: line null",
                        () -> CONSOLE.awaitLine(nothing()),
                        "guest.console.awaitLine: a regular expression must be given, found null"),
                wrongUse(
                        "console: no expression",
                        () -> CONSOLE.awaitLine("login: ("),
                        "guest.console.awaitLine: Unclosed group near index 8%nlogin: (".formatted()),
                wrongUse(
                        "console: no time",
                        () -> CONSOLE.awaitLine("login:", Duration.ZERO),
                        "guest.console.awaitLine" + deadline + "PT0S"),
                wrongUse(
                        "console: no line",
                        () -> CONSOLE.tail(0),
                        "guest.console.tail: the number of lines is 1 to 1000000, found 0"),
                wrongUse(
                        "console: -1 lines",
                        () -> CONSOLE.tail(-1),
                        "guest.console.tail: the number of lines is 1 to 1000000, found -1"),
                wrongUse(
                        "console: keys null",
                        () -> CONSOLE.type(nothing()),
                        "guest.console.type: what is typed must be given, found null"),
                wrongUse("keyboard: no key", () -> keys(), keys),
                wrongUse("keyboard: null", () -> keys((String[]) nothing()), keys),
                wrongUse("keyboard: a key null", () -> keys("ctrl", nothing()), key + "null"),
                wrongUse("keyboard: two keys in one", () -> keys("ctrl-alt"), key + "\"ctrl-alt\""),
                wrongUse("keyboard: a capital", () -> keys("A"), key + "\"A\""),
                wrongUse("keyboard: nothing", () -> keys(""), key + "\"\""));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isRefusedBeforeAnythingIsAsked(WrongUse use) {
        use.check();
    }

    private static void keys(String... keys) {
        new Call("guest", "pressKeys").keys(keys);
    }
}
