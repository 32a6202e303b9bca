package io.github.taplab.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build must not leave to luck. */
class DockerfileTests {

    // A step with its continued lines.
    private static final Pattern STEP = Pattern.compile("(?m)^RUN (?:.*\\\\\\n)*.*$");

    // What follows on the line that begins a stage.
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM .*\\n(.*)$");

    @ParameterizedTest
    @ValueSource(strings = {"lab", "debian-cloud", "customize"})
    void packagesComeFromListsOfTheSameStep(String image) {
        List<String> fetching = steps(image).stream()
                .filter(step -> step.contains("apt-get install") || step.contains("apt-get download"))
                .toList();

        // Each step is a layer that the engine keeps, and a list of another day names files that the mirror has lost.
        assertThat(fetching).isNotEmpty().allSatisfy(step -> assertThat(step).contains("apt-get update"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "debian-cloud", "customize"})
    void noPipeHidesAFailure(String image) {
        // A shell takes the status of a pipe's last part only.
        assertThat(steps(image))
                .allSatisfy(step -> assertThat(step.replace("||", "").replaceAll("\\$\\([^)]*\\)", ""))
                        .doesNotContain("|"));
    }

    @Test
    void whatAMirrorLosesIsAskedForAgain() {
        String lab = text("lab", "apt.conf");

        assertThat(lab).contains("Acquire::Retries \"5\";", "APT::Update::Error-Mode \"any\";");
        assertThat(text("debian-cloud", "apt.conf")).isEqualTo(lab);
        for (String image : List.of("lab", "debian-cloud")) {
            assertThat(text(image, "Dockerfile")).contains("COPY apt.conf /etc/apt/apt.conf.d/80taplab");
        }
    }

    @Test
    void aContainerOfEachImageTakesCommands() {
        // The first process of every container, and no image but the lab's is made of anything that has it.
        assertThat(lastStage("lab")).contains("COPY --from=compiled /commands");
        assertThat(lastStage("debian-cloud")).startsWith("FROM ${LAB}\n");
        assertThat(lastStage("customize")).startsWith("FROM ${BASE}\n");
        BuiltImages images = new BuiltImages(Optional.empty(), Optional.empty(), Optional.empty(), Path.of("unused"));
        String lab = images.lab().tag();
        assertThat(List.of(images.debianCloud(lab), images.customize(lab)))
                .allSatisfy(image -> assertThat(image.arguments()).containsValue(lab));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "debian-cloud", "customize"})
    void whatABuildLeavesOfEachStageSaysSo(String image) {
        List<String> stages = STAGE.matcher(text(image, "Dockerfile"))
                .results()
                .map(stage -> stage.group(1))
                .toList();

        // The last stage of the lab image is built on one of its own, which has said so.
        assertThat(image.equals("lab") ? stages.subList(0, stages.size() - 1) : stages)
                .isNotEmpty()
                .allSatisfy(
                        next -> assertThat(next).startsWith("LABEL %s=%s/".formatted(BuiltImage.STAGE_LABEL, image)));
        // And who builds on an image of Taplab's makes no stage of it.
        assertThat(lastStage(image)).endsWith("""
                LABEL %s=%s %s=""
                """.formatted(BuiltImage.NAME_LABEL, image, BuiltImage.STAGE_LABEL));
    }

    private static String lastStage(String image) {
        String dockerfile = text(image, "Dockerfile");
        return dockerfile.substring(dockerfile.lastIndexOf("\nFROM ") + 1);
    }

    private static List<String> steps(String image) {
        return STEP.matcher(text(image, "Dockerfile"))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String text(String image, String file) {
        SortedMap<String, byte[]> files = BuildContext.of(image).files();
        assertThat(files).containsKey(file);
        return new String(files.get(file), StandardCharsets.UTF_8);
    }
}
