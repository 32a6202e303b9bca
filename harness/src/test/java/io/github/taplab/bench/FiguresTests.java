package io.github.taplab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTests {

    private final Figures figures = new Figures();

    @Test
    void theMedianIsTheOneInTheMiddle() {
        assertThat(Figure.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Figure.median(List.of(4.0, 9.0, 1.0, 2.0))).isEqualTo(3);
        assertThatThrownBy(() -> Figure.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asJson() throws Exception {
        for (int time : List.of(100, 300, 90)) {
            figures.value("command.guest", Duration.ofMillis(time));
            figures.floor("command.guest", Duration.ofMillis(2L * time));
        }
        figures.value("labs.16", Duration.ofSeconds(9));
        figures.other("labs.16", "failures", 0);

        JsonNode json = JsonMapper.builder().build().readTree(figures.json());

        assertThat(json).isEqualTo(JsonMapper.builder().build().readTree("""
                {"command.guest": {"value": 100.0, "floor": 200.0, "ratio": 0.5, "samples": 3},
                 "labs.16": {"value": 9000.0, "samples": 1, "failures": 0.0}}"""));
    }

    @Test
    void asATable() {
        figures.value("ssh", Duration.ofMillis(430));
        figures.floor("ssh", Duration.ofMillis(400));
        figures.value("command.client", Duration.ofNanos(1_250_000));
        figures.other("command.client", "MiB", 90);

        assertThat(figures.table()).isEqualTo("""
                | name | median, ms | floor, ms | ratio | samples | |
                |---|---|---|---|---|---|
                | `ssh` | 430 | 400 | 1.08 | 1 |  |
                | `command.client` | 1.3 | - | - | 1 | 90 MiB |
                """);
    }

    @Test
    void asAChart() {
        figures.value("half", Duration.ofMillis(50));
        figures.floor("half", Duration.ofMillis(100));
        figures.value("much.more", Duration.ofMillis(500));
        figures.floor("much.more", Duration.ofMillis(100));
        figures.value("alone", Duration.ofMillis(1));

        assertThat(figures.chart())
                .isEqualTo("half       " + "█".repeat(15) + "·".repeat(15) + " 0.50 × 100 ms\n" + "much.more  "
                        + "█".repeat(60) + "… 5.00 × 100 ms\n");
    }

    @Test
    void oneFloorMayServeTwo() {
        figures.value("labs.1", Duration.ofMillis(10));
        figures.value("labs.2", Duration.ofMillis(15));
        figures.floorIs("labs.2", "labs.1");
        figures.value("warm", Duration.ofMillis(10));
        figures.floor("warm", Duration.ofMillis(5));
        figures.value("pooled", Duration.ofMillis(1));
        figures.floorOf("pooled", "warm");

        assertThat(figures.all())
                .extracting(figure -> figure.ratio().orElse(0.0))
                .containsExactly(0.0, 1.5, 2.0, 0.2);
    }
}
