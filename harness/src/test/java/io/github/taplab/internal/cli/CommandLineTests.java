package io.github.taplab.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.image.BuiltImages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docter | no command \"docter\": doctor, images, clean or report merge (see --help)",
                "doctor --now | doctor takes no arguments, found [--now]",
                "images -a -b | images takes --lab or nothing, found [-a, -b]",
                "clean --al --dry-run | clean takes --dry-run and --all, found [--al]",
                "report | report needs to be told: merge OUT.html IN...",
                "report merge all.html | report needs to be told: merge OUT.html IN...",
                "report join all.html a.html | report needs to be told: merge OUT.html IN...",
            })
    void wrongUseIsOneSentence(String arguments, String sentence) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err).hasToString("taplab: " + sentence + "\n");
        assertThat(out).hasToString("");
    }

    @Test
    void withoutArgumentsItSaysWhichCommandsThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err)
                .hasToString("taplab: a command is missing: doctor, images, clean or report merge (see --help)\n");
    }

    @Test
    void helpIsWhatWasAskedFor() {
        assertThat(run("--help")).isZero();
        assertThat(out).hasToString(CommandLine.USAGE);
        assertThat(err).hasToString("");
    }

    @Test
    void theNameOfTheLabImageIsThatOfItsBuild() {
        assertThat(run("images", "--lab")).isZero();
        assertThat(out).hasToString(new BuiltImages(GivenSettings.read()).lab().tag() + "\n");
        assertThat(err).hasToString("");
    }

    @Test
    void aPageThatIsNotThereGetsASentence(@TempDir Path folder) {
        assertThat(run("report", "merge", folder.resolve("all.html").toString(), folder + "/none.html"))
                .isOne();
        assertThat(err).hasToString(folder + "/none.html is not there\n");
    }
}
