package io.github.taplab.internal.config;

import io.github.taplab.spec.Quoted;
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
    private static final ReportFolder OFF = new ReportFolder(false, Optional.empty());

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
     * The folder, seen from where the tests run; empty: there is none, since it is not wanted, or no build tool's is
     * there (Maven's {@code target}, Gradle's {@code build}) and none was given.
     */
    public Optional<Path> in(Path workingDirectory) {
        if (!wanted) {
            return Optional.empty();
        }
        return given.map(workingDirectory::resolve)
                .or(() -> Stream.of("target", "build")
                        .map(workingDirectory::resolve)
                        .filter(Files::isDirectory)
                        .findFirst()
                        .map(folder -> folder.resolve("taplab")));
    }
}
