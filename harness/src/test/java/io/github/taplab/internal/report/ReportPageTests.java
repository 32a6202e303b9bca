package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.GivenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. Without one it is skipped, or with {@code taplab.required=true} a failure. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder, and then the browser is started.
class ReportPageTests {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    // The browser may still write while it ends.
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void startBrowser() throws IOException {
        Optional<Path> chromium = Browser.installed();
        if (!GivenSettings.read().required()) {
            Assumptions.assumeTrue(chromium.isPresent(), "no Chromium is installed: ci/setup does that");
        }
        assertThat(chromium)
                .as("an installed Chromium, which ci/setup installs")
                .isPresent();
        SampleReport.main(folder.toString());
        browser = Browser.start(chromium.get(), folder.resolve("profile"));
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void asOnADesk() {
        browser.ask("Emulation.clearDeviceMetricsOverride", Map.of());
        browser.ask("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        scheme("light");
    }

    private static void scheme(String name) {
        browser.ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    private static Path page() {
        return folder.resolve("report.html");
    }

    @Test
    void itAsksNobodyAndNothingInItIsRefused() {
        browser.open(page());

        assertThat(browser.told("Network.requestWillBeSent"))
                .extracting(event -> event.path("request").path("url").asText())
                .containsExactly(page().toUri().toString());
        assertThat(browser.told("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"))
                .isEmpty();
        assertThat(browser.evaluate("document.getElementById('bar').hidden").asBoolean())
                .as("the script has not run")
                .isFalse();
    }

    @Test
    void whatIsNotInThePageIsForbidden() {
        browser.open(page());

        browser.evaluate("{ const one = document.createElement('script'); one.textContent = 'window.pwned = 1';"
                + " document.body.append(one); document.body.setAttribute('onclick', 'window.pwned = 1');"
                + " document.body.click(); 1 }");
        assertThat(browser.evaluate("typeof window.pwned").asText()).isEqualTo("undefined");
        assertThat(browser.evaluate("fetch('" + page().toUri() + "').then(() => 'fetched', () => 'refused')")
                        .asText())
                .isEqualTo("refused");
    }

    @Test
    void hostileTextDoesNothing() {
        browser.open(page());
        browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");

        assertThat(browser.evaluate("typeof window.pwned").asText()).isEqualTo("undefined");
        assertThat(browser.told("Page.javascriptDialogOpening")).isEmpty();
        assertThat(browser.evaluate("document.querySelectorAll('script').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.evaluate("document.querySelectorAll('[onload],[onerror],img[src=x]').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('#c2 pre.message').textContent")
                        .asText())
                .contains("<script>window.pwned=1</script>", "⟨ESC⟩[31mred", "⟨U+202E⟩", "ok\uFFFD\uFFFD(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNothing(String scheme) throws IOException {
        scheme(scheme);
        browser.open(page());
        browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; }); 1");
        browser.evaluate(axe() + "; 1");

        JsonNode result = browser.evaluate("axe.run({ resultTypes: ['violations'], preload: false }).then(found =>"
                + " ({ rules: found.passes.length, wrong: found.violations.map(each => each.id + ': ' + each.help + ' '"
                + " + each.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | ')) }))");

        assertThat(result.path("wrong")).extracting(JsonNode::asText).isEmpty();
        assertThat(result.path("rules").asInt())
                .as("rules that looked at something")
                .isGreaterThan(20);
    }

    private static String axe() throws IOException {
        try (InputStream script = Objects.requireNonNull(ReportPageTests.class.getResourceAsStream(AXE), AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1400})
    void nothingIsWiderThanTheScreen(int width) {
        browser.ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 740, "deviceScaleFactor", 1, "mobile", false));
        browser.open(page());
        browser.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })");

        assertThat(browser.evaluate("document.scrollingElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
    }

    @Test
    void aFailureIsOneClickFromItsMoment() {
        browser.open(page());
        browser.evaluate("document.querySelectorAll('main .class details').forEach(each => { each.open = false; })");

        browser.evaluate("new Promise(done => { addEventListener('hashchange', () => setTimeout(() => done(1)));"
                + " document.querySelector('.failures a').click(); })");

        assertThat(browser.evaluate("document.querySelector('#c1t1s4').checkVisibility()")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.querySelector('#c1t1s4').getBoundingClientRect().top")
                        .asDouble())
                .isBetween(-1.0, 740.0);
    }

    @Test
    void itIsFilteredAndWalkedThroughByKeys() {
        browser.open(page());
        String shown = "[...document.querySelectorAll('.test')].filter(each => !each.closest('[hidden]')).length";

        assertThat(browser.evaluate(shown).asInt()).isEqualTo(6);
        browser.evaluate("document.querySelector('[data-show=failed]').click()");
        assertThat(browser.evaluate(shown).asInt()).isEqualTo(2);
        browser.evaluate("document.querySelector('[data-show=all]').click()");
        browser.evaluate("{ const search = document.getElementById('search'); search.value = 'ANNOUNCEMENT vain';"
                + " search.dispatchEvent(new Event('input')); }");
        assertThat(browser.evaluate(shown).asInt()).isOne();
        key("j");
        assertThat(browser.evaluate("document.activeElement.closest('.test').id")
                        .asText())
                .isEqualTo("c1t1");
    }

    private static void key(String key) {
        browser.ask("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key));
        browser.ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    @Test
    void itCanBeReadWithoutJavaScript() {
        browser.ask("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.open(page());

        assertThat(browser.evaluate("document.getElementById('bar').hidden").asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.querySelector('#c1t1s4').checkVisibility()")
                        .asBoolean())
                .as("the step that failed")
                .isTrue();
    }

    /** No work is a failure, but so much that nobody would wait any longer. */
    @Test
    void twoHundredClassesAreThereAtOnce(TestReporter reporter) {
        browser.ask("Performance.enable", Map.of("timeDomain", "threadTicks"));
        browser.open(folder.resolve("many.html"));
        browser.evaluate("new Promise(done => setTimeout(() => done(1)))");

        double worked = browser.processorSeconds();

        reporter.publishEntry("200 classes, seconds of the processor", Double.toString(worked));
        assertThat(browser.evaluate("document.querySelectorAll('.class').length")
                        .asInt())
                .isEqualTo(200);
        assertThat(worked).isBetween(0.001, 5.0);
    }
}
