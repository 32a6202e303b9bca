package io.github.taplab.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the README and the guide show of other projects is what the projects in {@code consumers} are, which CI builds.
 */
class ConsumersTests {

    private static final Path README = Path.of("..", "README.md");
    private static final Path CONSUMERS = Path.of("..", "consumers");
    private static final Pattern OF_A_CONSUMER =
            Pattern.compile("<!-- consumer: ([\\w-]+) -->\\n```(xml|kotlin|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FIRST_SPEC =
            Pattern.compile("<!-- sample: \\w+#first-spec -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```(xml|kotlin|yaml)\\n");
    private static final Pattern WHOLE_POM = Pattern.compile("\\A<project.*</project>\\n\\z", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> snippetsAreWhatConsumersHave() {
        return pages().flatMap(page -> OF_A_CONSUMER
                .matcher(read(page))
                .results()
                .map(snippet -> DynamicTest.dynamicTest(
                        "%s: %s at %d".formatted(page.getFileName(), snippet.group(1), snippet.start()), () -> {
                            Path consumer = CONSUMERS.resolve(snippet.group(1));
                            if (WHOLE_POM.matcher(snippet.group(3)).matches()) {
                                assertThat(read(consumer.resolve("pom.xml"))).isEqualTo(snippet.group(3));
                            } else {
                                assertThat(files(consumer, fileName(snippet)))
                                        .isNotEmpty()
                                        .allSatisfy(
                                                file -> assertThat(read(file)).contains(snippet.group(3)));
                            }
                        })));
    }

    @Test
    void everySnippetOfABuildIsAConsumers() {
        assertThat(pages())
                .allSatisfy(page -> assertThat(
                                BLOCK.matcher(read(page)).results().count())
                        .as("XML, Kotlin and YAML blocks of %s", page)
                        .isEqualTo(OF_A_CONSUMER.matcher(read(page)).results().count()));
        assertThat(OF_A_CONSUMER.matcher(read(README)).results()).hasSizeGreaterThan(3);
    }

    @Test
    void javaConsumersHaveTheFirstSpec() {
        MatchResult spec =
                FIRST_SPEC.matcher(read(README)).results().findFirst().orElseThrow();
        List<Path> files = files(CONSUMERS, ".*\\.java");
        assertThat(files)
                .hasSize(5)
                .allSatisfy(file -> assertThat(read(file)).as("%s", file).contains(spec.group(1)));
    }

    private static Stream<Path> pages() {
        return Stream.concat(Stream.of(README), DocumentationTests.guide().stream());
    }

    private static String fileName(MatchResult snippet) {
        return switch (snippet.group(2)) {
            case "xml" -> "pom\\.xml";
            case "kotlin" -> ".*\\.kt";
            default -> ".*\\.yml";
        };
    }

    private static List<Path> files(Path folder, String name) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("Can't list " + folder, e);
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
