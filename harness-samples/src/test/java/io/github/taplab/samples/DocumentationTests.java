package io.github.taplab.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation shows is what the samples compile, and what it says of them is what they are. */
class DocumentationTests {

    private static final Path ROOT = Path.of("..");
    private static final List<Path> PAGES = Stream.concat(
                    Stream.of(ROOT.resolve("README.md"), ROOT.resolve("harness/ARCHITECTURE.md")), guide().stream())
            .toList();
    private static final Path SAMPLES = ROOT.resolve("harness-samples/src/test/java/io/github/taplab/samples");
    private static final Path IMAGES = ROOT.resolve("harness-samples-images/src/test/java/io/github/taplab/samples");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- sample: (\\w+)#([\\w-]+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n");
    private static final Pattern SENDS = Pattern.compile("\\.(whoHas|reaches|ping|ssh|deliver|send|httpGet)\\(");
    private static final Pattern TALK = Pattern.compile("assertThat\\((\\w+)\\)((?:\\s*\\.\\w+\\(\\w+\\))+);");
    private static final Pattern ANSWER = Pattern.compile("\\.(\\w+)\\((\\w+)\\)");

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

    @Test
    void everySampleIsInTheTableOnceAndInOrder() {
        assertThat(table())
                .extracting(ChapterRow::className)
                .containsExactlyElementsOf(
                        samples().map(SampleSource::className).toList());
    }

    @Test
    void thePackagesTableIsTheReadmes() {
        assertThat(ChapterRow.ofJavadoc(read(SAMPLES.resolve("package-info.java"))))
                .containsExactlyElementsOf(table());
    }

    /** {@code 1.3 experiment}: package experiment, {@code @Order(103)}, a display name that begins with 1.3. */
    @Test
    void chaptersAreThePackagesNumbersAndNames() {
        assertThat(table()).zipSatisfy(samples().toList(), (row, sample) -> {
            String number = "%d.%d".formatted(sample.order() / 100, sample.order() % 100);
            assertThat(row.chapter()).isEqualTo(number + " " + sample.chapter());
            assertThat(sample.displayName()).startsWith(number + " ");
        });
    }

    @Test
    void eachRuleHoldsSomewhereAndIsBrokenSomewhere() {
        assertThat(table()).zipSatisfy(samples().toList(), (row, sample) -> {
            assertThat(row.isWhole()).as(row.toString()).isTrue();
            assertThat(sample.methods()).as(row.className()).containsAll(row.methods());
        });
    }

    /** A reader has a rule before him on one page or two. */
    @Test
    void noSpecIsLong() {
        assertThat(samples())
                .allSatisfy(sample ->
                        assertThat(sample.text().lines()).as(sample.className()).hasSizeLessThanOrEqualTo(120));
    }

    /** The longest lab tests start first, one by one; equal numbers would leave the order to chance. */
    @ParameterizedTest
    @ValueSource(strings = {"harness", "harness-samples", "harness-samples-images"})
    void noTwoClassesOfAModuleHaveOneOrder(String module) {
        Set<Integer> orders = new HashSet<>();
        assertThat(SampleSource.under(ROOT.resolve(module + "/src/test/java")))
                .filteredOn(SampleSource::hasOrder)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(orders.add(test.order()))
                        .as("%s has its @Order for itself", test.className())
                        .isTrue());
    }

    @Test
    void theDemoTellsTheExperimentAndSomethingOfEachLaterChapter() {
        List<SampleSource> told = samples().filter(SampleSource::isInTheDemo).toList();

        assertThat(told)
                .allSatisfy(sample -> assertThat(SENDS.matcher(sample.text()).find())
                        .as("%s sends a packet", sample.className())
                        .isTrue());
        assertThat(told.stream().map(SampleSource::chapter).distinct())
                .containsExactlyElementsOf(samples()
                        .map(SampleSource::chapter)
                        .distinct()
                        .filter(chapter -> !chapter.equals("images"))
                        .toList());
        assertThat(samples().filter(sample -> sample.chapter().equals("experiment")))
                .allMatch(SampleSource::isInTheDemo);
    }

    @ParameterizedTest
    @CsvSource({
        "Bridge, withoutHairpin, off", "Bridge, withHairpin, on",
        "Vepa, withoutHairpin, off", "Vepa, withHairpin, on",
        "Private, withoutHairpin, off", "Private, withHairpin, on",
        "Passthru, withoutHairpin, off", "Passthru, withHairpin, on"
    })
    void whoTalksToWhomIsWhatTheModesSamplesAssert(String mode, String method, String hairpin) {
        Map<String, String> asserted =
                answers(SampleSource.of(SAMPLES.resolve("modes/%sModeTests.java".formatted(mode)))
                        .body(method));

        String cells = Stream.of(
                        "guest client",
                        "client guest",
                        "guest neighbour",
                        "guest launcher",
                        "launcher guest",
                        "launcher client")
                .map(direction -> asserted.getOrDefault(direction, "–"))
                .collect(Collectors.joining(" | "));
        String start = "| %s | %s |".formatted(mode.toLowerCase(Locale.ROOT), hairpin);
        assertThat(read(PAGES.get(0)).lines().filter(line -> line.startsWith(start)))
                .containsExactly("%s %s |".formatted(start, cells));
    }

    /** Who asks whom, and whether that is answered, from the assertions of a spec. */
    private static Map<String, String> answers(String body) {
        return TALK.matcher(body)
                .results()
                .flatMap(talk -> ANSWER.matcher(talk.group(2))
                        .results()
                        .map(answer -> Map.entry(
                                talk.group(1) + " " + answer.group(2),
                                answer.group(1).equals("reaches") ? "yes" : "no")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The pages of the guide. */
    static List<Path> guide() {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("Can't list the guide's pages", e);
        }
    }

    private static List<ChapterRow> table() {
        return ChapterRow.ofReadme(read(PAGES.get(0)));
    }

    /** All samples in their order, which goes on from one module to the next. */
    private static Stream<SampleSource> samples() {
        return Stream.of(SAMPLES, IMAGES).map(SampleSource::specsUnder).flatMap(List::stream);
    }

    private static Stream<SampleSource> sources() {
        return Stream.of(SAMPLES, IMAGES).map(SampleSource::under).flatMap(List::stream);
    }

    private static String region(MatchResult snippet) {
        String source = sources()
                .filter(sample -> sample.className().equals(snippet.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No sample is called " + snippet.group(1)))
                .text();
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

    private static String read(Path file) {
        return SampleSource.of(file).text();
    }
}
