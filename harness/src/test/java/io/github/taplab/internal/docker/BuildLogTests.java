package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> told = new ArrayList<>();
    private final BuildLog log = new BuildLog(told::add);

    @Test
    void saysTheStepAndWhereTheWholeOutputIs(@TempDir Path folder) throws IOException {
        stream("Step 1/3 : FROM debian\n");
        stream(" ---> 8b76ce08f466\n");
        stream("Step 2/3 : RUN sh /pack\n");
        stream("\n");
        stream("tar: ./sys: file changed as we read it\n");
        error("The command '/bin/sh -c sh /pack' returned a non-zero code: 1");
        Path file = folder.resolve("logs/build-debian-cloud.log");

        assertThat(log.failure()).hasValue("The command '/bin/sh -c sh /pack' returned a non-zero code: 1");
        assertThat(log.keep(file)).hasToString("""
                in Step 2/3 : RUN sh /pack
                Step 1/3 : FROM debian
                 ---> 8b76ce08f466
                Step 2/3 : RUN sh /pack
                tar: ./sys: file changed as we read it
                Whole log: %s""".formatted(file));
        assertThat(file).content().isEqualTo("""
                Step 1/3 : FROM debian
                 ---> 8b76ce08f466
                Step 2/3 : RUN sh /pack
                tar: ./sys: file changed as we read it
                """);
        assertThat(told).contains("tar: ./sys: file changed as we read it").doesNotContain("");
    }

    @Test
    void messageAndFileAreBounded(@TempDir Path folder) throws IOException {
        stream("Step 1/1 : RUN yes\n");
        for (int i = 0; i < 100; i++) {
            stream("y".repeat(29_999) + "\n");
        }
        Path file = folder.resolve("build-lab.log");

        assertThat(log.keep(file)).startsWith("in Step 1/1 : RUN yes").hasSizeLessThan(3000);
        assertThat(Files.size(file)).isEqualTo(2_000_000);
    }

    @Test
    void buildThatNeverBeganSaysSo(@TempDir Path folder) throws IOException {
        error("dockerfile parse error line 7: unknown instruction: RUNN");
        Path file = folder.resolve("build-lab.log");

        assertThat(log.keep(file)).isEqualTo("before its first step%n%nWhole log: %s".formatted(file));
    }

    @Test
    void logThatCantBeKeptHidesNoReason(@TempDir Path folder) throws IOException {
        stream("Step 1/1 : RUN false\n");
        Path notAFolder = Files.createFile(folder.resolve("logs"));

        assertThat(log.keep(notAFolder.resolve("build-lab.log"))).isEqualTo("""
                in Step 1/1 : RUN false
                Step 1/1 : RUN false
                The whole log could not be kept: java.nio.file.FileAlreadyExistsException: %s""".formatted(notAFolder));
    }

    private void stream(String text) throws IOException {
        log.onNext(item(Map.of("stream", text)));
    }

    private void error(String message) throws IOException {
        log.onNext(item(Map.of("error", message, "errorDetail", Map.of("message", message))));
    }

    private static BuildResponseItem item(Map<String, ?> json) throws IOException {
        return JSON.readValue(JSON.writeValueAsString(json), BuildResponseItem.class);
    }
}
