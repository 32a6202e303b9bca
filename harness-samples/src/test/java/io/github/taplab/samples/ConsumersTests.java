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

/** What the README shows of other projects is what the projects in {@code consumers} are, which CI builds. */
class ConsumersTests {

    private static final Path README = Path.of("..", "README.md");
    private static final Path CONSUMERS = Path.of("..", "consumers");
    private static final Pattern OF_A_CONSUMER =
            Pattern.compile("<!-- consumer: ([\\w-]+) -->\\n```(xml|kotlin)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FIRST_SPEC =
            Pattern.compile("<!-- sample: \\w+#first-spec -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```(xml|kotlin)\\n");
    private static final Pattern WHOLE_POM = Pattern.compile("\\A<project.*</project>\\n\\z", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> snippetsAreWhatConsumersHave() {
        return OF_A_CONSUMER
                .matcher(read(README))
                .results()
                .map(snippet -> DynamicTest.dynamicTest(snippet.group(1) + " at " + snippet.start(), () -> {
                    Path consumer = CONSUMERS.resolve(snippet.group(1));
                    if (WHOLE_POM.matcher(snippet.group(3)).matches()) {
                        assertThat(read(consumer.resolve("pom.xml"))).isEqualTo(snippet.group(3));
                    } else {
                        assertThat(files(consumer, fileName(snippet)))
                                .isNotEmpty()
                                .allSatisfy(file -> assertThat(read(file)).contains(snippet.group(3)));
                    }
                }));
    }

    @Test
    void everySnippetOfABuildIsAConsumers() {
        String text = read(README);
        assertThat(BLOCK.matcher(text).results().count())
                .as("XML and Kotlin blocks of the README")
                .isEqualTo(OF_A_CONSUMER.matcher(text).results().count())
                .isGreaterThan(3);
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

    private static String fileName(MatchResult snippet) {
        return snippet.group(2).equals("xml") ? "pom\\.xml" : ".*\\.kt";
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
