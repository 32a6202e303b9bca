package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as text; {@code ReportPageTests} has a browser look at it. */
class PageTests {

    private static final Pattern POLICY = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"");

    private final String page = Page.of(SampleReport.run());

    @Test
    void thePolicyAllowsWhatIsInThePageAndNothingElse() throws Exception {
        Matcher policy = POLICY.matcher(page);
        assertThat(policy.find()).isTrue();

        assertThat(policy.group(1).replace("&#39;", "'"))
                .isEqualTo(("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none';"
                                + " form-action 'none'")
                        .formatted(hash(between("<style>", "</style>")), hash(between("<script>", "</script>"))));
    }

    private String between(String opening, String closing) {
        int begin = page.indexOf(opening) + opening.length();
        return page.substring(begin, page.indexOf(closing, begin));
    }

    private static String hash(String content) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nothingInItLeadsAnywhereElse() {
        assertThat(page).doesNotContainPattern("(?i)(src|href)=\"?(https?:|//|javascript:)");
        assertThat(page).doesNotContain("@import").doesNotContainPattern("url\\((?!#)");
        assertThat(page).doesNotContain(" style=");
    }

    @Test
    void whatSomebodyWroteIsTextEverywhere() {
        String withoutOwn = page.replace(PageAssets.read().script(), "");

        assertThat(withoutOwn)
                .doesNotContain("<script>window")
                .doesNotContain("<img src=x")
                .doesNotContain("<svg onload");
        assertThat(withoutOwn).contains("&lt;script&gt;window.pwned=1&lt;/script&gt;");
        assertThat(withoutOwn)
                .contains("⟨ESC⟩[31mred⟨ESC⟩[0m⟨BEL⟩⟨U+202E⟩gnp.exe⟨U+202C⟩⟨NUL⟩⟨U+FEFF⟩⟨U+D800⟩ ok\uFFFD\uFFFD(");
        assertThat(withoutOwn).doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f\\u202e\\ufeff]");
        assertThat(withoutOwn).contains("This picture is not shown: it has an element script.");
    }

    @Test
    void failuresComeFirstEachWithItsCausesAndAWayToItsMoment() {
        String top = page.substring(page.indexOf("What failed"), page.indexOf(">Tests<"));

        assertThat(top)
                .containsSubsequence(
                        "An address that moves to another guest takes its traffic along › Without an announcement",
                        "expected: refused",
                        "<b>Cause</b>two nodes have the address 198.19.201.2",
                        "<b>Cause</b>the client's neighbour entry",
                        "href=\"#c1t1s4\">Go to the step that failed",
                        "href=\"#c1t1f\">Files",
                        "A guest that never boots",
                        "href=\"#c3\">Go to what was seen")
                .doesNotContain("cause:");
        assertThat(page).contains("id=\"c1t1s4\"", "id=\"c1t1f\"", "id=\"c3\"");
    }

    @Test
    void idsAreThereOnce() {
        List<String> ids = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().contains("main", "bar", "c0", "c0t1s3");
    }

    @Test
    void whatPassedIsFoldedAndWhatFailedIsOpen() {
        assertThat(page)
                .containsPattern("id=\"c0\"[^>]*>\\s*<details>")
                .containsPattern("id=\"c1\"[^>]*>\\s*<details open>");
    }

    @Test
    void aRunThatPassedHasNoFailures() {
        String green = Page.of(SampleReport.run().withClasses(List.of(SampleReport.green(2, 2))));

        assertThat(green).doesNotContain("What failed").contains("<title>harness-samples: passed</title>");
        assertThat(page).contains("<title>harness-samples: 4 failed</title>");
    }

    @Test
    void aSkippedTestSaysWhy() {
        assertThat(page).contains("the Docker host's kernel has no netem");
        assertThat(SampleReport.run().count(Verdict.ABORTED)).isEqualTo(1);
    }

    @Test
    void aFileIsALinkToItsBytes() {
        assertThat(page)
                .contains("download=\"lab.pcapng\" href=\"data:application/x-pcapng;base64,bm90IHJlYWxseSBwYWNrZXRz\"");
    }
}
