package io.github.taplab.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class BuildContextTests {

    private static final Map<String, String> NO_ARGUMENTS = Map.of();

    @Test
    void equalContextsHaveEqualHashes() {
        assertThat(context("Dockerfile", "FROM a").hash(Map.of("BASE", "b")))
                .isEqualTo(context("Dockerfile", "FROM a").hash(Map.of("BASE", "b")))
                .matches("[0-9a-f]{12}");
    }

    @Test
    void orderOfTheArgumentsDoesNotMatter() {
        Map<String, String> oneWay = new LinkedHashMap<>();
        oneWay.put("A", "1");
        oneWay.put("B", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("B", "2");
        other.put("A", "1");
        BuildContext context = context("Dockerfile", "FROM a");

        assertThat(context.hash(oneWay)).isEqualTo(context.hash(other));
    }

    @Test
    void hashTellsContentsPathsAndArgumentsApart() {
        BuildContext context = context("Dockerfile", "FROM a");

        assertThat(new String[] {
                    context.hash(NO_ARGUMENTS),
                    context("Dockerfile", "FROM b").hash(NO_ARGUMENTS),
                    context("dockerfile", "FROM a").hash(NO_ARGUMENTS),
                    context("Dockerfile", "FROM a", "init", "").hash(NO_ARGUMENTS),
                    context("Dockerfile", "", "init", "FROM a").hash(NO_ARGUMENTS),
                    context.hash(Map.of("BASE", "a")),
                    context.hash(Map.of("BASE", "b")),
                    context.hash(Map.of("MIRROR", "a"))
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void scriptsAreExecutableInTheArchiveAndNothingElseIs() throws IOException {
        BuildContext context =
                context("Dockerfile", "FROM a", "guest/init", "#!/bin/sh\n", "hash", "#", "list", "# !x");

        assertThat(entries(context))
                .containsExactly(
                        Map.entry("Dockerfile", "100644 FROM a"),
                        Map.entry("guest/init", "100755 #!/bin/sh\n"),
                        Map.entry("hash", "100644 #"),
                        Map.entry("list", "100644 # !x"));
    }

    @Test
    void archiveOfEqualContextsIsEqualToTheByte() throws IOException {
        assertThat(context("Dockerfile", "FROM a").tar().readAllBytes())
                .isEqualTo(context("Dockerfile", "FROM a").tar().readAllBytes());
    }

    @Test
    void labImagesContextIsOnTheClassPath() throws IOException {
        BuildContext lab = BuildContext.of("lab");

        assertThat(lab.files()).containsKeys("Dockerfile", "launcher", "guest/init", "guest/cmdline.amd64");
        assertThat(lab.files().keySet()).noneMatch(path -> path.startsWith("/") || path.endsWith("README.md"));
        assertThat(entries(lab).get("launcher")).startsWith("100755 #!");
        assertThat(entries(lab).get("Dockerfile")).startsWith("100644 ");
    }

    @Test
    void unknownContextIsAJarThatWasBuiltWrongly() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BuildContext.of("none"))
                .withMessage("This jar has no /io/github/taplab/images/none/Dockerfile:"
                        + " it was not built by this project");
    }

    private static BuildContext context(String... pathsAndContents) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(pathsAndContents[i], pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new BuildContext(files);
    }

    /** Mode and content by path. */
    private static Map<String, String> entries(BuildContext context) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(context.tar())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String content = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                entries.put(entry.getName(), Integer.toOctalString(entry.getMode()) + " " + content);
            }
        }
        return entries;
    }
}
