package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalLinesTests {

    @Test
    void linesComeInPieces() {
        TerminalLines lines = new TerminalLines();

        assertThat(lines.add("one\r\ntw")).containsExactly("one");
        assertThat(lines.unfinished()).isEqualTo("tw");
        assertThat(lines.add("o\r")).isEmpty();
        assertThat(lines.add("\nthree\nfour")).containsExactly("two", "three");
        assertThat(lines.unfinished()).isEqualTo("four");
    }

    @Test
    void aTextNeedNotEndWithALineFeed() {
        assertThat(TerminalLines.of("one\n\ntwo")).containsExactly("one", "", "two");
        assertThat(TerminalLines.of("one\n")).containsExactly("one");
        assertThat(TerminalLines.of("")).isEmpty();
    }

    @Test
    void coloursAndCursorsAreLeftOut() {
        assertThat(TerminalLines.of("[\u001b[0;32m  OK  \u001b[0m] Started \u001b[0;1;39mssh.service\u001b[0m.\r"))
                .containsExactly("[  OK  ] Started ssh.service.");
        assertThat(TerminalLines.of("\u001b]0;root@web: ~\u0007\u001b[?2004h~ # \u001b[6n"))
                .containsExactly("~ # ");
        assertThat(TerminalLines.of(
                        "\u001b]2;title\u001b\\\u001bP1$r\u001b\\a\u001b(Bb\u001b7c\u001bMd\u0007\u0000\te"))
                .containsExactly("abcd\te");
    }

    @Test
    void aSequenceMayComeInPieces() {
        TerminalLines lines = new TerminalLines();

        lines.add("red: \u001b[3");
        assertThat(lines.add("1mtext\u001b[0m\n")).containsExactly("red: text");
    }

    @Test
    void whatWasOverwrittenIsALineOfItsOwn() {
        assertThat(TerminalLines.of("\r10 %\r50 %\r\r100 %\r\r\nend\n"))
                .containsExactly("10 %", "50 %", "100 %", "end");
    }
}
