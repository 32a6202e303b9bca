package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTests {

    @Test
    void whatIsSeenAnywayStays() {
        String text = "eth0:\t02:9e:00:00:00:05 – ü, 日本, 😀\nnext line\n";

        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u001b[31mred, a⟨ESC⟩[31mred",
        "a\u0000b, a⟨NUL⟩b",
        "a\u0008b, a⟨BS⟩b",
        "a\u007fb, a⟨DEL⟩b",
        "a\u009bb, a⟨U+009B⟩b",
        "a\u202eb, a⟨U+202E⟩b",
        "a\u2066b, a⟨U+2066⟩b",
        "a\u200bb, a⟨U+200B⟩b",
        "a\ufeffb, a⟨U+FEFF⟩b",
        "a\u2028b, a⟨U+2028⟩b",
        "a\ue000b, a⟨U+E000⟩b"
    })
    void whatIsNotSeenIsNamed(String text, String visible) {
        assertThat(VisibleText.of(text)).isEqualTo(visible);
    }

    @Test
    void halfACharacterIsNamedAndAWholeOneOutsideOfTheFirstPlaneStays() {
        assertThat(VisibleText.of("a\ud800b")).isEqualTo("a⟨U+D800⟩b");
        assertThat(VisibleText.of("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
        assertThat(VisibleText.of("\udb40\udc41")).isEqualTo("⟨U+E0041⟩");
    }

    @Test
    void aLineEndOfASerialConsoleIsOne() {
        assertThat(VisibleText.of("login:\r\nhidden\rseen")).isEqualTo("login:\nhidden⟨CR⟩seen");
    }
}
