package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
}
