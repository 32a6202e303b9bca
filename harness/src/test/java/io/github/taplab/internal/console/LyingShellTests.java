package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest is root there, knows the session's number, and writes on its console what it likes: frames without end. */
@Timeout(60)
class LyingShellTests {

    private static final String ID = "0123abcd";
    private static final Duration SHORT = Duration.ofMillis(500);

    private static void on(IntFunction<String> lies, Consumer<SerialLine> test) {
        try (ScriptedConsole console = ScriptedConsole.endless(lies);
                SerialLine line = console.line()) {
            test.accept(line);
        }
    }

    private static String frame(int tag, String kind, String value) {
        return "@taplab:%s:%d:%s:%s\r\n".formatted(ID, tag, kind, value);
    }

    /** That it runs, that others' questions are answered, what nobody knows, an output of nothing, and no frames. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@taplab:0123abcd:1:runs:\r\n",
                "@taplab:0123abcd:77:out:eHh4\r\n",
                "@taplab:0123abcd:1:lie:eHh4\r\n",
                "@taplab:0123abcd:1:out:\r\n",
                "what I like\r\n"
            })
    void aCommandComesToItsDeadlineWhateverIsWritten(String lie) {
        long start = System.nanoTime();

        on(
                number -> lie,
                line -> assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> new ShellSession("guest", line, ID).run(SHORT))
                        .withMessageStartingWith("guest: what ran at its deadline could not be killed, last seen: "));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void outputHasAnEnd() {
        String piece = frame(1, "out", "eHh4".repeat(1000));

        on(
                number -> piece,
                line -> assertThatIllegalStateException()
                        .isThrownBy(() -> new ShellSession("guest", line, ID).run(Duration.ofSeconds(40)))
                        .withMessage("The console of guest shows more than the 15 MiB that are kept of a command"));
    }

    /** Nor does one that shows no end of what has been damaged. */
    @Test
    void anEndThatIsNoneIsNotAskedForAgainWithoutEnd() {
        on(
                number -> frame(number % 1000, "end", "0 5 5"),
                line -> assertThatIllegalStateException()
                        .isThrownBy(() -> new ShellSession("guest", line, ID).run(Duration.ofSeconds(40)))
                        .withMessageStartingWith(
                                "The console of guest damages what a command printed, again and again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@taplab:0123abcd:5:idle:\r\n", "what I like\r\n"})
    void aQuestionHasADeadline(String lie) {
        on(
                number -> lie,
                line -> assertThat(new ShellSession("guest", line, ID).answers())
                        .isFalse());
    }

    /** Forged prompts are answered three times at most, and a guest that asks for nothing has the time of a log-in. */
    @Test
    void aLogInHasADeadline() {
        on(
                number -> "\u001b]0;title\u0007login: \r\nPassword: x\r\nwhat I like " + number + "\r\n",
                line -> assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() ->
                                new ConsoleShell("guest", line, "root", Optional.empty()).logIn(Duration.ofSeconds(8)))
                        .withMessageStartingWith("root logs in on the console of guest: not within 8000 ms, last seen:")
                        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(20_000)));
    }
}
