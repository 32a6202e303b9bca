package io.github.taplab.samples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTests {

    private static final Bound THREADS = new Bound(10, 0.02);
    private static final double EACH_SECONDS = 3;
    private static final double RUNS_A_SECOND = 0.2;

    /** Threads while labs come and go in rounds of 40 s, and the noise that is on it. */
    private static double noisy(double second, Random random) {
        return 120 + 25 * Math.sin(second / 40 * 2 * Math.PI) + 8 * random.nextGaussian();
    }

    private static Verdict verdict(int runs, long seed, DoubleUnaryOperator more) {
        Random random = new Random(seed);
        int count = (int) (runs / RUNS_A_SECOND / EACH_SECONDS);
        List<Sample> samples = IntStream.range(0, count)
                .mapToDouble(number -> number * EACH_SECONDS)
                .mapToObj(second -> new Sample(second, noisy(second, random) + more.applyAsDouble(second)))
                .toList();
        return Verdict.of(new Series("JVM, threads", "", THREADS, samples), runs);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseIsFlat(long seed) {
        assertThat(verdict(300, seed, second -> 0))
                .as(() -> verdict(300, seed, second -> 0).line())
                .matches(one -> !one.grows());
        assertThat(verdict(24, seed, second -> 0)).matches(one -> !one.grows());
    }

    /** Of a thread that stays behind with each run, with each second one, with each fifth one. */
    @ParameterizedTest
    @CsvSource({"1, 80", "1, 300", "2, 300", "5, 300"})
    void aLeakGrows(int runsForOne, int runs) {
        for (long seed = 1; seed <= 8; seed++) {
            Verdict leaking = verdict(runs, seed, second -> second * RUNS_A_SECOND / runsForOne);

            assertThat(leaking.grows()).as(leaking.line()).isTrue();
            assertThat(leaking.line()).contains("GROWS");
        }
    }

    @Test
    void whatFillsUpAtFirstIsFlat() {
        assertThat(verdict(300, 1, second -> Math.min(second, 300)).grows()).isFalse();
    }

    @Test
    void whatFallsIsFlat() {
        assertThat(verdict(300, 1, second -> -second / 20).grows()).isFalse();
    }

    @Test
    void aFewPeaksAreNoTrend() {
        assertThat(verdict(300, 1, second -> second > 1200 && second < 1230 ? 500 : 0)
                        .grows())
                .isFalse();
    }

    @Test
    void aShortRunIsNotJudged() {
        Verdict verdict = verdict(6, 1, second -> second * 100);

        assertThat(verdict.grows()).isFalse();
        assertThat(verdict.line()).isEqualTo("JVM, threads               too short a run to judge it: 10 samples");
    }

    @Test
    void whatCantBeSeenIsSaid() {
        assertThat(Verdict.of(new Series("dockerd, descriptors", "", THREADS, List.of()), 10)
                        .line())
                .isEqualTo("dockerd, descriptors       not to be seen here");
    }

    @Test
    void aLineSaysWhatWasSeenAndWhatIsAllowed() {
        List<Sample> samples = IntStream.range(0, 16)
                .mapToObj(number -> new Sample(3 * number, 30 + number))
                .toList();

        assertThat(Verdict.of(new Series("JVM, heap after GC", "MiB", new Bound(12, 0.03), samples), 100)
                        .line())
                .isEqualTo(
                        "JVM, heap after GC         flat  34 to 45 MiB, +11.0 in all (14.3 allowed, certainty 4.5 of 3)");
    }
}
