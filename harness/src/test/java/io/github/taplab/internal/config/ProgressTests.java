package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTests {

    @Test
    void everyLineSaysWhoTellsIt() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(told, false, StandardCharsets.UTF_8));

        progress.accept("building the lab image");
        progress.accept("lab image built in 40 s");

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("taplab: building the lab image", "taplab: lab image built in 40 s");
    }

    /** By a thread of its own: who does the work has no time for it. */
    @Test
    void whatTakesLongIsToldAndNothingAfterItsEnd() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (Progress progress = new Progress(new PrintStream(told, false, StandardCharsets.UTF_8), false)) {
            progress.begin(() -> "short work").close();
            Progress.Step work = progress.begin(() -> "long work");
            try (work) {
                Waiting.until(
                        "it is told",
                        Duration.ofSeconds(20),
                        () -> told.toString(StandardCharsets.UTF_8),
                        text -> !text.isEmpty());
            }
        }

        assertThat(told.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("taplab: long work ("))
                .last()
                .asString()
                .endsWith(" s): done");
    }
}
