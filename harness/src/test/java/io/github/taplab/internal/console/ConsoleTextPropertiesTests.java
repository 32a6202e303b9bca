package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.taplab.Garbage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a guest writes on its console: lines of plain text, in time and in bounds. */
class ConsoleTextPropertiesTests {

    @Property(tries = 1_000)
    void itIsReadAsLinesOfPlainText(@ForAll("consoles") String text) {
        assertThat(TerminalLines.of(text))
                .allSatisfy(line -> assertThat(line.chars()).noneMatch(letter -> letter < ' ' && letter != '\t'));
    }

    @Property(tries = 1_000)
    void wherePiecesEndMakesNoDifference(
            @ForAll("consoles") String text, @ForAll @IntRange(min = 1, max = 20) int length) {
        TerminalLines pieces = new TerminalLines();
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); at += length) {
            lines.addAll(pieces.add(text.substring(at, Math.min(text.length(), at + length))));
        }
        TerminalLines whole = new TerminalLines();

        assertThat(lines).isEqualTo(whole.add(text));
        assertThat(pieces.unfinished()).isEqualTo(whole.unfinished());
    }

    @Property
    void framesAndPromptsAreFoundOrNot(@ForAll("consoles") String text) {
        List<String> lines = TerminalLines.of(text);

        assertThatCode(() -> lines.forEach(ShellFrame::of)).doesNotThrowAnyException();
        assertThat(ShellFrame.without(lines)).hasSizeLessThanOrEqualTo(lines.size());
        assertThat(LoginPrompt.in(text)).isNotNull();
        assertThatCode(() -> LoginPrompt.refuses(text)).doesNotThrowAnyException();
    }

    /** Found: each character of a run of such characters was the start of a search to its end: not over after 5 s. */
    @Example
    void aFloodOfOneCharacterTakesNoTime() {
        for (String letter : List.of("@", "\u001b", "\u001b]", "\u001b[0", "\r", "t", "@taplab:", " Login: ")) {
            List<String> line = List.of(letter.repeat(500_000));

            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> ShellFrame.without(line), letter);
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> TerminalLines.of(line.get(0)), letter);
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> LoginPrompt.in(line.get(0)), letter);
        }
    }

    /** Found: all of it was kept. */
    @Example
    void aLineThatDoesNotEndIsCut() {
        TerminalLines lines = new TerminalLines();
        List<String> finished = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            finished.addAll(lines.add("x".repeat(100_000)));
        }

        assertThat(finished).hasSizeBetween(1, 4);
        assertThat(lines.unfinished()).hasSizeLessThanOrEqualTo(1 << 20);
        assertThat(finished.stream().mapToInt(String::length).sum()
                        + lines.unfinished().length())
                .isEqualTo(4_000_000);
    }

    @Provide
    Arbitrary<String> consoles() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated(
                        "\u001b[0;32mDebian GNU/Linux 12 guest ttyS0\u001b[0m\r\n\r\nguest login: ",
                        "@taplab:0123abcd:12:out:aGVsbG8=\r\n@taplab:0123abcd:12:end:0 5 0\r\n",
                        "Password: \r\nLogin incorrect\r\n",
                        "[   10%]\r[  100%]\r\n\u001b]0;title\u0007~ # "));
    }
}
