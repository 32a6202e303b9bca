package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFolderTests {

    private final Path working;

    ReportFolderTests(@TempDir Path working) {
        this.working = working;
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "build"})
    void itIsInTheBuildToolsFolder(String tools) throws IOException {
        Files.createDirectory(working.resolve(tools));

        assertThat(ReportFolder.AUTO.in(working))
                .contains(working.resolve(tools).resolve("taplab"));
    }

    @Test
    void mavensComesFirst() throws IOException {
        Files.createDirectory(working.resolve("build"));
        Files.createDirectory(working.resolve("target"));

        assertThat(ReportFolder.parse("Auto").in(working)).contains(working.resolve("target/taplab"));
    }

    /** What else lies about says nothing: another tool's folder may be left over. */
    @ParameterizedTest
    @CsvSource({
        "build.gradle.kts, build",
        "build.gradle, build",
        "specs.gradle, build",
        "settings.gradle.kts, build",
        "pom.xml, target"
    })
    void theProjectsOwnFilesSayWhichToolItHas(String file, String tools) throws IOException {
        Files.createFile(working.resolve(file));
        Files.createDirectory(working.resolve("target"));
        Files.createDirectory(working.resolve("build"));

        assertThat(ReportFolder.AUTO.in(working))
                .contains(working.resolve(tools).resolve("taplab"));
    }

    /** As JUnit has it, which puts published files there. */
    @Test
    void whereBothAreMavensCounts() throws IOException {
        Files.createFile(working.resolve("pom.xml"));
        Files.createFile(working.resolve("build.gradle"));
        Files.createDirectory(working.resolve("build"));

        assertThat(ReportFolder.AUTO.in(working)).contains(working.resolve("target/taplab"));
    }

    @Test
    void withoutABuildToolThereIsNone() throws IOException {
        assertThat(ReportFolder.AUTO.in(working)).isEmpty();
    }

    @Test
    void offIsNoneWhateverIsThere() throws IOException {
        Files.createDirectory(working.resolve("target"));

        assertThat(ReportFolder.parse("OFF").in(working)).isEmpty();
    }

    @Test
    void aGivenOneIsSeenFromWhereTheTestsRun() throws IOException {
        assertThat(ReportFolder.parse("out/pages").in(working)).contains(working.resolve("out/pages"));
        assertThat(ReportFolder.parse("/var/pages").in(working)).contains(Path.of("/var/pages"));
    }
}
