package io.github.taplab.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows is what the samples compile. */
class DocumentationTests {

    private static final Path ROOT = Path.of("..");
    private static final List<Path> PAGES = List.of(ROOT.resolve("README.md"), ROOT.resolve("harness/ARCHITECTURE.md"));
    private static final List<Path> FOLDERS = List.of(
            ROOT.resolve("harness-samples/src/test/java/io/github/taplab/samples"),
            ROOT.resolve("harness-samples-images/src/test/java/io/github/taplab/samples/images"));
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- sample: (\\w+)#([\\w-]+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n");

    @TestFactory
    Stream<DynamicTest> snippetsAreRegionsOfSamples() {
        return PAGES.stream()
                .flatMap(page -> SNIPPET.matcher(read(page))
                        .results()
                        .map(snippet -> DynamicTest.dynamicTest(
                                page.getFileName() + ": " + snippet.group(1) + "#" + snippet.group(2),
                                () -> assertThat(snippet.group(3)).isEqualTo(region(snippet)))));
    }

    @Test
    void everyJavaSnippetIsARegion() {
        for (Path page : PAGES) {
            String text = read(page);
            assertThat(JAVA_BLOCK.matcher(text).results().count())
                    .as("Java blocks of %s", page)
                    .isEqualTo(SNIPPET.matcher(text).results().count());
        }
        assertThat(SNIPPET.matcher(read(PAGES.get(0))).results()).isNotEmpty();
    }

    @Test
    void theReadmesDependencyIsThisVersion() {
        String parentPom = read(ROOT.resolve("pom.xml"));
        String version = parentPom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        assertThat(read(PAGES.get(0)))
                .contains("<artifactId>taplab</artifactId>\n      <version>" + version + "</version>");
    }

    private static String region(MatchResult snippet) {
        String source = read(FOLDERS.stream()
                .flatMap(DocumentationTests::javaFiles)
                .filter(file -> file.endsWith(snippet.group(1) + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No sample is called " + snippet.group(1))));
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : source.lines().toList()) {
            if (line.strip().equals("// tag::" + snippet.group(2) + "[]")) {
                inside = true;
            } else if (line.strip().equals("// end::" + snippet.group(2) + "[]")) {
                inside = false;
            } else if (inside) {
                lines.add(line);
            }
        }
        return String.join("\n", lines).stripIndent() + "\n";
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError("Can't read " + folder, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("Can't read " + file, e);
        }
    }
}
