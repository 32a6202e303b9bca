package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.config.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SignsTests {

    private static final long MIB = 1 << 20;
    private static final OptionalLong SIZE = OptionalLong.of(325 * MIB);

    private final List<String> told = new ArrayList<>();

    @Test
    void saysHowFarItIsHowFastAndHowLongStill() {
        assertThat(Signs.line(Duration.ofMillis(12_400), 0, 124 * MIB, SIZE))
                .isEqualTo("   12 s  124 MiB of 325 MiB, 10 MiB/s, 21 s left");
    }

    @Test
    void whatWasThereBeforeIsNoSpeed() {
        assertThat(Signs.line(Duration.ofSeconds(10), 100 * MIB, 120 * MIB, SIZE))
                .isEqualTo("   10 s  120 MiB of 325 MiB, 2 MiB/s, 103 s left");
    }

    @Test
    void withoutASizeNobodyKnowsWhenItEnds() {
        assertThat(Signs.line(Duration.ofSeconds(10), 0, 20 * MIB, OptionalLong.empty()))
                .isEqualTo("   10 s  20 MiB, 2 MiB/s");
    }

    @Test
    void withoutABytePerSecondNeither() {
        assertThat(Signs.line(Duration.ofSeconds(100), 0, 50, SIZE))
                .isEqualTo("  100 s  50 bytes of 325 MiB, 0 bytes/s");
        assertThat(Signs.line(Duration.ZERO, 0, 0, SIZE)).isEqualTo("    0 s  0 bytes of 325 MiB, 0 bytes/s");
    }

    @Test
    void theFirstSignIsNotDueAtOnce() {
        new Signs(0, SIZE, new Pace(Duration.ofHours(1)), told::add).tell(MIB);
        assertThat(told).isEmpty();

        new Signs(0, SIZE, new Pace(Duration.ZERO), told::add).tell(MIB);
        assertThat(told).singleElement().asString().startsWith("    0 s  1 MiB of 325 MiB, ");
    }
}
