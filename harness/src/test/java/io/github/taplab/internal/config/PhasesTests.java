package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhasesTests {

    private final List<String> told = new ArrayList<>();
    private final Phases phases = new Phases((part, took) -> told.add(part));

    @Test
    void eachPartIsToldWhenItEnds() {
        phases.time("network", () -> assertThat(told).isEmpty());

        assertThat(told).containsExactly("network");
        assertThat(phases.toString()).contains("network ");
        assertThat(phases.underWay()).matches("nothing after network \\d+ ms");
    }

    /** Of a lab that does not start this is where it came to. */
    @Test
    void oneThatFailsIsToldAsGivenUp() {
        assertThatThrownBy(() -> phases.time("guest boot", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(told).containsExactly("guest boot, given up");
        assertThat(phases.toString()).doesNotContain("guest boot");
        assertThat(phases.underWay()).isEqualTo("nothing");
    }
}
