package io.github.taplab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptionTests {

    private static final String PROPERTY = "chaos.of-a-test";
    private static final Option OPTION = new Option(PROPERTY);

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void aMissingOneHasNoWordsAndTheOtherNumber() {
        assertThat(OPTION.words()).isEmpty();
        assertThat(OPTION.number(7)).isEqualTo(7);
    }

    @Test
    void wordsAndNumbersStandBetweenCommas() {
        System.setProperty(PROPERTY, "17, 60,");

        assertThat(OPTION.words()).containsExactly("17", "60");
        assertThat(OPTION.numbers()).containsExactly(17L, 60L);
    }

    @Test
    void oneNumberIsTaken() {
        System.setProperty(PROPERTY, "-3");

        assertThat(OPTION.number(7)).isEqualTo(-3);
    }

    @Test
    void whatIsNoNumberIsRefusedWithThePropertysName() {
        System.setProperty(PROPERTY, "two");

        assertThatThrownBy(() -> OPTION.number(7)).hasMessage("-Dchaos.of-a-test takes numbers, not 'two'");
        assertThatThrownBy(OPTION::numbers).hasMessage("-Dchaos.of-a-test takes numbers, not 'two'");
    }

    @Test
    void soAreSeveralWhereOneIsMeant() {
        System.setProperty(PROPERTY, "1,2");

        assertThatThrownBy(() -> OPTION.number(7)).hasMessage("-Dchaos.of-a-test takes one number, not [1, 2]");
    }
}
