package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentLinesTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void blankLinesAreNoneAndTakeNoRoom() throws Exception {
        String mebibyte = " ".repeat(1 << 20) + "\n";

        AgentLines lines = AgentLines.read("agent", said(mebibyte.repeat((AgentLines.MOST >> 20) + 1) + "answer\n"));

        assertThat(lines.next(SOON)).contains("answer");
    }

    private static InputStream said(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
