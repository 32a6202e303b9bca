package io.github.taplab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/**
 * A line of {@code ci/advisories.tsv}: a hole that is known of an artifact.
 *
 * @param artifact {@code group:artifact}
 * @param affected versions that have it, in Maven's notation
 * @param identifier under which it can be looked up
 * @param what it is, in a few words
 * @param harmless why it does no harm here, or empty: then nothing that has it may be there
 * @param told where it is told, a web address
 */
record Advisory(String artifact, String affected, String identifier, String what, String harmless, String told) {

    /** In place of an identifier: the artifact was looked up, and nothing was found. */
    private static final String NONE = "none";

    Advisory {
        if (!identifier.equals(NONE)) {
            range(affected);
        }
    }

    /** All lines but comments. */
    static List<Advisory> read(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new Advisory(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]))
                .toList();
    }

    boolean isNone() {
        return identifier.equals(NONE);
    }

    boolean isHarmless() {
        return !harmless.isEmpty();
    }

    boolean affects(String version) {
        return !isNone() && range(affected).containsVersion(new DefaultArtifactVersion(version));
    }

    private static VersionRange range(String notation) {
        try {
            return VersionRange.createFromVersionSpec(notation);
        } catch (InvalidVersionSpecificationException e) {
            throw new IllegalArgumentException("No version range of Maven's: " + notation, e);
        }
    }
}
