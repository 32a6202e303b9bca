package io.github.taplab.spec;

import static io.github.taplab.spec.Impairment.delay;
import static io.github.taplab.spec.Impairment.duplication;
import static io.github.taplab.spec.Impairment.loss;
import static io.github.taplab.spec.Impairment.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
    void allBrokenRulesAreToldAtOnce() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> new Impairment(101, Duration.ofHours(1), 101, 1))
                .satisfies(invalid -> assertThat(invalid.problems()).hasSize(4));
    }
}
