package io.github.taplab.spec;

import static io.github.taplab.spec.Impairment.delay;
import static io.github.taplab.spec.Impairment.duplication;
import static io.github.taplab.spec.Impairment.loss;
import static io.github.taplab.spec.Impairment.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpairmentTests {

    private static final Duration TENTH = Duration.ofMillis(100);

    @Test
    void whatIsNotSaidIsNotImpaired() {
        assertThat(loss(10)).isEqualTo(new Impairment(10, Duration.ZERO, 0, 0));
        assertThat(delay(TENTH)).isEqualTo(new Impairment(0, TENTH, 0, 0));
        assertThat(duplication(5)).isEqualTo(new Impairment(0, Duration.ZERO, 5, 0));
        assertThat(rate(1_000_000)).isEqualTo(new Impairment(0, Duration.ZERO, 0, 1_000_000));
    }

    @Test
    void impairmentsAreCombined() {
        assertThat(loss(10).and(delay(TENTH)).and(duplication(5)).and(rate(1_000_000)))
                .isEqualTo(new Impairment(10, TENTH, 5, 1_000_000))
                .isEqualTo(rate(1_000_000).and(duplication(5)).and(delay(TENTH)).and(loss(10)));
    }

    @Test
    void nothingIsSaidTwice() {
        Impairment all = new Impairment(10, TENTH, 5, 1_000_000);

        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> all.and(all))
                .withMessage("loss is given twice; delay is given twice; duplication is given twice;"
                        + " rate is given twice");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 100.1, 0.00001, Double.NaN, Double.POSITIVE_INFINITY})
    void percentagesAreChecked(double percent) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> loss(percent))
                .withMessage("loss = %s, must be 0, or 0.0001 to 100 (percent)", percent);
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> duplication(percent))
                .withMessage("duplication = %s, must be 0, or 0.0001 to 100 (percent)", percent);
    }

    @Test
    void delayAndRateAreChecked() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> delay(Duration.ofSeconds(-1)))
                .withMessage("delay = PT-1S, must be PT1M at most");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> delay(Duration.ofDays(400_000)))
                .withMessage("delay = PT9600000H, must be PT1M at most");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> delay(Duration.ofNanos(999)))
                .withMessage("delay = PT0.000000999S, must be a microsecond at least");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> rate(999))
                .withMessage("rate = 999, must be 1000 to 1000000000000 (bits per second)");
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> rate(-1))
                .withMessage("rate = -1, must be 1000 to 1000000000000 (bits per second)");
    }

    @Test
    void allBrokenRulesAreToldAtOnce() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new Impairment(101, Duration.ofHours(1), 101, 1))
                .satisfies(invalid -> assertThat(invalid.problems()).hasSize(4));
    }

    @Test
    void anEmptyImpairmentIsNone() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> loss(0))
                .withMessage("An impairment without loss, delay, duplication and rate impairs nothing");
    }
}
