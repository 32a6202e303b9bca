package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nothing that Taplab brings along has a hole that is on the list. It is held against the tests' class path, which has
 * all that users get and more, and against what the jars there say that they have shaded.
 */
class AdvisoriesTests {

    private static final Path LIST = Path.of("..", "ci", "advisories.tsv");
    private static final Pattern DATE = Pattern.compile("^# Looked up on: (\\S+)$", Pattern.MULTILINE);

    @Test
    void nothingOnTheClassPathHasAKnownHole() throws IOException {
        List<Advisory> holes =
                Advisory.read(LIST).stream().filter(hole -> !hole.isHarmless()).toList();

        assertThat(found(holes)).isEmpty();
    }

    /** A reason that is given for nothing would hide the next hole of that artifact. */
    @Test
    void everyReasonIsForSomethingThatIsThere() throws IOException {
        assertThat(Advisory.read(LIST))
                .filteredOn(Advisory::isHarmless)
                .allSatisfy(hole -> assertThat(found(List.of(hole)))
                        .as("what %s affects, and its reason is for", hole.identifier())
                        .isNotEmpty());
    }

    @Test
    void eachHoleSaysWhatItIsAndWhereItIsTold() throws IOException {
        assertThat(Advisory.read(LIST))
                .filteredOn(advisory -> !advisory.isNone())
                .hasSizeGreaterThan(20)
                .allSatisfy(hole -> {
                    assertThat(hole.identifier()).matches("CVE-\\d{4}-\\d+|GHSA(-\\w{4}){3}");
                    assertThat(hole.what()).isNotBlank();
                    assertThat(hole.told()).startsWith("https://");
                });
    }

    @Test
    void theListSaysItsDate() throws IOException {
        Matcher date = DATE.matcher(Files.readString(LIST));

        assertThat(date.find()).isTrue();
        assertThat(LocalDate.parse(date.group(1))).isBeforeOrEqualTo(LocalDate.now(ZoneOffset.UTC));
    }

    @Test
    void aHoleIsToldWithWhereItIs() throws IOException {
        String sshj = version("com.hierynomus:sshj");
        Advisory hole = new Advisory("com.hierynomus:sshj", "[" + sshj + "]", "CVE-1", "takes all passwords", "", "");

        assertThat(found(List.of(hole)))
                .containsExactly("com.hierynomus:sshj " + sshj + " has CVE-1: takes all passwords");
    }

    @Test
    void aHoleOfWhatAJarHasShadedIsToldToo() throws IOException {
        String core = "org.apache.httpcomponents.core5:httpcore5";
        Advisory hole = new Advisory(core, "(,)", "CVE-2", "listens to everybody", "", "");

        assertThat(found(List.of(hole)))
                .singleElement()
                .asString()
                .matches(Pattern.quote(core)
                        + " \\S+ in docker-java-transport-zerodep-\\S+\\.jar has CVE-2: listens to everybody");
    }

    @ParameterizedTest
    @CsvSource({
        "'(,1.86)', 1.80, true",
        "'(,1.86)', 1.86, false",
        "'(,2.18.8),[2.19.0,2.21.4)', 2.18.10, false",
        "'(,2.18.8),[2.19.0,2.21.4)', 2.21.1, true",
        "'[1.67,1.80.2),[1.81,1.81.1)', 1.80.2, false",
        "'[1.67,1.80.2),[1.81,1.81.1)', 1.81, true"
    })
    void versionsAreInMavensOrder(String affected, String version, boolean inside) {
        assertThat(new Advisory("a:b", affected, "CVE-3", "", "", "").affects(version))
                .isEqualTo(inside);
    }

    private static List<String> found(List<Advisory> holes) throws IOException {
        List<String> found = new ArrayList<>();
        for (ClassPathJar jar : ClassPathJar.all()) {
            Map<String, String> contents = jar.contents();
            for (Advisory hole : holes) {
                if (jar.is(hole.artifact())) {
                    if (hole.affects(jar.version())) {
                        found.add(told(hole, jar.version()));
                    }
                } else if (contents.containsKey(hole.artifact()) && hole.affects(contents.get(hole.artifact()))) {
                    found.add(told(
                            hole,
                            contents.get(hole.artifact()) + " in " + jar.file().getFileName()));
                }
            }
        }
        return found;
    }

    private static String told(Advisory hole, String where) {
        return "%s %s has %s: %s".formatted(hole.artifact(), where, hole.identifier(), hole.what());
    }

    private static String version(String artifact) {
        return ClassPathJar.all().stream()
                .filter(jar -> jar.is(artifact))
                .findFirst()
                .orElseThrow()
                .version();
    }
}
