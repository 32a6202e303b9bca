package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** What a guest calls itself, says and writes is on the page of a run, and in no message, as an order to anybody. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class HostileGuestReportLabTests {

    private static final String MARKUP = "<img src=x onerror=alert(1)>";
    private static final String ORDERS = "\033]0;title\007\033[2J\u009b2J\u202e";

    @TempDir
    Path folder;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void theyAreEscapedOnThePageAndVisibleInMessages() throws IOException {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request()
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .selectors(selectClass(Talking.class))
                                .configurationParameter(Fixtures.DEACTIVATE, Fixtures.DISABLED)
                                .configurationParameter("taplab.report", folder.toString())
                                .configurationParameter("junit.platform.reporting.output.dir", folder.toString())
                                .build(),
                        summary);

        List<Failure> failures = summary.getSummary().getFailures();
        assertThat(failures)
                .hasSize(4)
                .allSatisfy(failure ->
                        assertThat(all(failure.getException())).doesNotContain("\033", "\007", "\u009b", "\u202e"));
        assertThat(failures)
                .anySatisfy(failure -> assertThat(failure.getException())
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining(MARKUP + "␛]0;title␇"))
                .anySatisfy(failure -> assertThat(failure.getException())
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("  cause:    the name server ␛]0;title␇"))
                .anySatisfy(failure -> assertThat(failure.getException())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("The lab is broken, so this is no verdict on the network: guest does"
                                + " not take a command: "));
        String page = page();
        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain(MARKUP)
                .doesNotContain("\033", "\007", "\u009b", "\u202e")
                .hasSizeLessThan(8 << 20);
    }

    private static String all(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            words.append(each.getMessage()).append('\n');
        }
        return words.toString();
    }

    private String page() throws IOException {
        try (var files = Files.walk(folder)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".html")).toList();
            assertThat(pages).hasSize(1);
            return Files.readString(pages.get(0));
        }
    }

    @Disabled("run by HostileGuestReportLabTests")
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Talking {

        @Test
        @Order(1)
        void saysMuch(Guest guest) {
            guest.run(
                    "sh",
                    "-c",
                    "printf %s \"$1\" >/proc/sys/kernel/hostname; printf '%s\\n' \"$1\" >/dev/console",
                    "sh",
                    MARKUP + ORDERS);
            assertThat(guest.run("cat", "/proc/sys/kernel/hostname")).printed("a name");
        }

        @Test
        @Order(2)
        void failsAtItsCommand(Guest guest) {
            guest.run("sh", "-c", "printf '%s' \"$1\" >&2; exit 3", "sh", MARKUP + ORDERS);
        }

        @Test
        @Order(3)
        void namesAServer(Guest guest) {
            guest.run("sh", "-c", "printf 'nameserver %s\\n' \"$1\" >/etc/resolv.conf", "sh", ORDERS);
            assertThat(guest.httpGet("http://www.example.com/")).isAnswered();
        }

        @Test
        @Order(4)
        void liesMeanwhile(Lab lab, @FromLab Guest guest, Client client) {
            Liar.isIn(guest);
            assertThat(client).reaches(lab.subnet().host(200));
        }
    }
}
