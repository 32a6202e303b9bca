package io.github.taplab.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.Garbage;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTests {

    @Test
    void textThatCanBeSeenStays() {
        assertThat(Visible.of("<b>Größe 😀 & \"x\"</b>")).isEqualTo("<b>Größe 😀 & \"x\"</b>");
    }

    @Test
    void controlCharactersAreShownAsTheirPictures() {
        assertThat(Visible.of("\u001b[31mred\0\r\n\t\u007f")).isEqualTo("␛[31mred␀␍␊␉␡");
    }

    @Test
    void linesStayLines() {
        assertThat(Visible.lines("one\r\n\ttwo\u001b]0;title\u0007\n\rthree\u009b2J\u202e\n"))
                .isEqualTo("one\n\ttwo␛]0;title␇\n␍three\\u009b2J\\u202e\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0x85, \\u0085",
        "0x9b, \\u009b",
        "0x202e, \\u202e",
        "0xfeff, \\ufeff",
        "0x2028, \\u2028",
        "0xd800, \\ud800",
        "0xe000, \\ue000",
        "0xfffe, \\ufffe",
        "0x1ffff, \\u1ffff"
    })
    void whatNobodySeesIsShownAsItsNumber(int letter, String shown) {
        assertThat(Visible.of("a" + Character.toString(letter) + "b")).isEqualTo("a" + shown + "b");
    }

    @Property
    void anyText(@ForAll("texts") String text) {
        assertThat(Visible.of(text).codePoints())
                .noneMatch(letter -> Character.isISOControl(letter)
                        || Character.getType(letter) == Character.SURROGATE
                        || Character.getType(letter) == Character.FORMAT);
    }

    @Property
    void theBeginningIsNeverLonger(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 50) int most) {
        assertThat(Visible.beginning(text, most).codePoints()).hasSizeLessThanOrEqualTo(most);
    }

    @Test
    void theBeginningSaysThatItGoesOn() {
        assertThat(Visible.beginning("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Visible.beginning("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Visible.beginning("😀😀😀", 2)).isEqualTo("😀…");
    }

    @Provide
    static Arbitrary<String> texts() {
        return Garbage.text();
    }
}
