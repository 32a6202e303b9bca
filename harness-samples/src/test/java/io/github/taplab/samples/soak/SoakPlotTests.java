package io.github.taplab.samples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakPlotTests {

    private static Verdict verdict(String name, String unit, double first, double rise) {
        List<Sample> samples = IntStream.range(0, 16)
                .mapToObj(number -> new Sample(3 * number, first + rise * number + number % 3))
                .toList();
        return Verdict.of(new Series(name, unit, new Bound(10, 0.02), samples), 12);
    }

    @Test
    void aSeriesThatIsFlatOneThatGrowsAndOneThatCantBeSeen() throws IOException {
        String svg = SoakPlot.of(
                "12 runs of <a spec> & more",
                List.of(
                        verdict("JVM, heap after GC", "MiB", 34.5, 0),
                        verdict("JVM, threads", "", 60, 3),
                        Verdict.of(new Series("dockerd, descriptors", "", new Bound(20, 0), List.of()), 12)));

        try (InputStream golden = Objects.requireNonNull(SoakPlotTests.class.getResourceAsStream("soak.svg"))) {
            assertThat(svg).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).replace("\r", ""));
        }
    }
}
