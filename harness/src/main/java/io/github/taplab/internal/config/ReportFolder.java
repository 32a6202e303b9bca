package io.github.taplab.internal.config;

import io.github.taplab.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the report of a run goes.
 *
 * @param wanted whether there is one at all
 * @param given the folder; empty: {@code taplab} in the build tool's
 */
public record ReportFolder(boolean wanted, Optional<Path> given) {

    static final ReportFolder AUTO = new ReportFolder(true, Optional.empty());
    /** No report. */
    public static final ReportFolder OFF = new ReportFolder(false, Optional.empty());

    static ReportFolder parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "off" -> OFF;
            default -> folder(text);
        };
    }

    private static ReportFolder folder(String text) {
        try {
            return new ReportFolder(true, Optional.of(Path.of(text)));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "taplab.report is auto, off or a folder such as target/taplab, found %s: %s"
                            .formatted(Quoted.of(text), e.getReason()),
                    e);
        }
    }

    /**
     * The folder, seen from where the tests run: where JUnit puts the files that tests publish, Maven's {@code target}
     * or Gradle's {@code build}, as the project's own files say. Where they say nothing, as that of a module does not,
     * the folder that is there.
     *
     * @return empty: there is none, since it is not wanted, or no build tool's is there and none was given
     */
    public Optional<Path> in(Path workingDirectory) throws IOException {
        if (!wanted) {
            return Optional.empty();
        }
        if (given.isPresent()) {
            return given.map(workingDirectory::resolve);
        }
        return buildTools(workingDirectory).map(folder -> folder.resolve("taplab"));
    }

    private static Optional<Path> buildTools(Path project) throws IOException {
        Path maven = project.resolve("target");
        Path gradle = project.resolve("build");
        if (Files.exists(project.resolve("pom.xml"))) {
            return Optional.of(maven);
        }
        return isGradles(project)
                ? Optional.of(gradle)
                : Stream.of(maven, gradle).filter(Files::isDirectory).findFirst();
    }

    private static boolean isGradles(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project.toAbsolutePath())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> name.endsWith(".gradle") || name.endsWith(".gradle.kts"));
        }
    }
}
