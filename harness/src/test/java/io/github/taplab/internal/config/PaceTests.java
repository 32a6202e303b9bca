package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTests {

    @Test
    void theFirstSignIsDueAtOnceAndTheNextOneNot() {
        Pace slow = new Pace(Duration.ofHours(1));

        assertThat(slow.isDue()).isTrue();
        assertThat(slow.isDue()).isFalse();
    }

    @Test
    void withoutAPauseEverySignIsDue() {
        Pace fast = new Pace(Duration.ZERO);

        assertThat(fast.isDue()).isTrue();
        assertThat(fast.isDue()).isTrue();
    }
}
