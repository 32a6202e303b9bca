package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.placement.Simulation.Result;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What more hosts bring to a run of 1,000 classes. */
class SimulationTests {

    // 5 to 60 s, as many of each.
    static final List<Integer> CLASSES =
            IntStream.range(0, 1000).mapToObj(i -> 5 + i * 37 % 56).toList();
    private static final long SUM =
            CLASSES.stream().mapToLong(Integer::longValue).sum();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 16, 32, 64})
    void theRunIsAsShortAsItsCoresAllow(int hosts) {
        Result result = Simulation.run(hosts, CLASSES);

        // Whatever the order, no list of tasks takes longer than its share and the longest of them.
        long share = SUM / ((long) hosts * Simulation.CORES);
        assertThat(result.seconds()).isBetween(share, share + Collections.max(CLASSES) + Simulation.IMAGE_SECONDS);
        assertThat(result.labs().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CLASSES.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 32})
    void noHostHasHalfAsMuchToDoAsAnother(int hosts) {
        List<Integer> labs = Simulation.run(hosts, CLASSES).labs();

        assertThat(Collections.max(labs)).isLessThan(2 * Collections.min(labs));
    }
}
