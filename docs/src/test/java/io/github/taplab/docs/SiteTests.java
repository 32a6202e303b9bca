package io.github.taplab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The site, which these tests leave in {@code target/site}. That its snippets are what the samples compile and the
 * consumers build is looked at beside those.
 */
class SiteTests {

    private static final Path ROOT = Path.of("..");
    private static final Path SITE = Path.of("target", "site");

    /** What a browser would ask somebody else for. */
    private static final Pattern REQUEST =
            Pattern.compile("<(script|link|img|iframe|object|embed|video|audio)\\b|\\b(src|srcset)=|url\\(|@import");

    private final Site site;

    SiteTests() throws IOException {
        site = new Site(ROOT);
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> faults = new ArrayList<>();
        for (Page page : site.pages()) {
            page.links().forEach(link -> site.fault(page, link).ifPresent(faults::add));
        }

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nodes.md, ",
        "nodes.md#dhcp, ",
        "#the-guide, ",
        "../SECURITY.md, ",
        "../ci/release, ",
        "https://example.org/#there, ",
        "nodes.md#dhcpv7, docs/index.md: docs/nodes.md has no heading for nodes.md#dhcpv7",
        "#guide, docs/index.md: docs/index.md has no heading for #guide",
        "node.md, docs/index.md: node.md is not there"
    })
    void aDeadLinkIsTold(String link, String fault) {
        assertThat(site.fault(site.pages().get(0), link)).isEqualTo(Optional.ofNullable(fault));
    }

    @Test
    void anchorsAreAsGitHubMakesThem() {
        Page page = new Page(
                Path.of("page.md"),
                Parser.builder()
                        .build()
                        .parse("# What `ci/setup` does\n\n## Twice\n\n## Twice\n\n## Names, and *more*"));

        assertThat(page.anchors().values()).containsExactly("what-cisetup-does", "twice", "twice-1", "names-and-more");
    }

    @Test
    void theSiteAsksNobodyForAnything() throws IOException {
        site.write(SITE);

        assertThat(files())
                .hasSameSizeAs(site.pages())
                .allSatisfy(file -> assertThat(REQUEST.matcher(Files.readString(file))
                                .results()
                                .map(found -> found.group()))
                        .as("requests of %s", file)
                        .isEmpty());
    }

    @Test
    void pagesLeadToEachOtherAndToTheRepository() throws IOException {
        String index = site.html(site.pages().get(0));

        assertThat(index)
                .contains("<a href=\"index.html\" aria-current=\"page\">The guide</a>")
                .contains("<a href=\"readme.html#the-samples-in-order\">")
                .doesNotContain("<!-- ", "{{", ".md");
        assertThat(site.html(site.pages().get(1)))
                .contains("<pre><code class=\"language-java\">@LabContainer\n")
                .doesNotContain("<!-- sample");
    }

    /** A page of the guide that nobody finds. */
    @Test
    void everyPageOfTheGuideIsInIt() throws IOException {
        try (Stream<Path> written = Files.list(ROOT.resolve("docs"))) {
            assertThat(written.map(file -> Path.of("docs", file.getFileName().toString()))
                            .filter(file -> file.toString().endsWith(".md")))
                    .isSubsetOf(site.pages().stream().map(Page::source).toList());
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return files.toList();
        }
    }
}
