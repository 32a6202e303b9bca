package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.testkit.engine.EventConditions.fileEntry;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Whatever fails in a lab, the state of its nodes at that moment is kept, once. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class EvidenceLabTests {

    private static final String FILE = "taplab-evidence.txt";

    @TempDir
    private Path output;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private EngineExecutionResults run(Class<?> fixture) {
        return run(fixture, output.resolve("cache"));
    }

    // A cache of its own: what another run has seen, of other code, would be compared with.
    private EngineExecutionResults run(Class<?> fixture, Path cache) {
        return Fixtures.run(fixture, output, Map.of("taplab.acceleration", "tcg", "taplab.cache", cache.toString()));
    }

    @ParameterizedTest
    @ValueSource(classes = {BeforeAllFails.class, BeforeEachFails.class, AnExtensionFails.class})
    void itIsKeptWhateverFails(Class<?> fixture) throws IOException {
        EngineExecutionResults results = run(fixture);

        assertThat(results.allEvents().failed().stream()).hasSize(1);
        results.allEvents()
                .assertThatEvents()
                .haveExactly(1, fileEntry(entry -> entry.getPath().endsWith(FILE)));
        assertThat(Fixtures.files(output, FILE)).hasSize(1);
        assertThat(Files.readString(Fixtures.files(output, FILE).get(0)))
                .contains("== launcher: addresses", "eth0", "== launcher: links in detail", "qdisc")
                .contains("== client: forwarding table", "== client: sockets")
                .doesNotContain("can't be looked at");
    }

    @Test
    void theFirstFailureCountsAndNotWhatFollowsFromIt() throws IOException {
        EngineExecutionResults results = run(BothFail.class);

        assertThat(results.testEvents().failed().stream()).hasSize(1);
        assertThat(Fixtures.files(output, FILE)).hasSize(1);
        assertThat(Files.readString(Fixtures.files(output, FILE).get(0)))
                .containsPattern("== launcher: addresses\\R(.+\\R)*198\\.1[89]\\.");
    }

    @Test
    void ofATestThatIsAbortedThereIsNone() throws IOException {
        EngineExecutionResults results = run(Aborts.class);

        results.testEvents().assertStatistics(counts -> counts.started(1).aborted(1));
        assertThat(Fixtures.files(output, FILE)).isEmpty();
    }

    /** The third run sees another answer and another table, and says what it was; the second has looked at tables. */
    @Test
    void aFailureIsComparedWithTheLastGreenRun() throws IOException {
        answer = "one";
        mtu = 1500;
        run(Compared.class).testEvents().assertStatistics(counts -> counts.succeeded(1));
        run(Compared.class).testEvents().assertStatistics(counts -> counts.succeeded(1));

        answer = "another";
        mtu = 1400;
        run(Compared.class).testEvents().assertStatistics(counts -> counts.failed(1));

        assertThat(Files.readString(Fixtures.files(output, FILE).get(0)))
                .startsWith("== what differs from the last green run")
                .contains("client: run(cat /tmp/answer): another; it was: one")
                .containsPattern("client: there now and not then: link eth0@if: .* mtu 1400 ")
                .containsPattern("client: there then and not now: link eth0@if: .* mtu 1500 ")
                .doesNotContain(
                        "launcher: there now", "launcher: there then", "client: there now and not then: address")
                .contains("== timeline", "start: network", "test begins: ")
                .contains("client: run(cat /tmp/answer)");
    }

    private static final int LOOKS = 5;
    private static final List<String> NODES = Stream.of("guest", "launcher", "client", "gateway", "webserver")
            .map("\"%s\":["::formatted)
            .toList();

    private static String answer = "";
    private static int mtu;

    /** All that a lab can have, twice: on other networks, and with other times. */
    @Test
    void twoGreenRunsSeeTheSame() throws IOException {
        String first = keptIn(output.resolve("one"));

        assertThat(keptIn(output.resolve("other"))).isEqualTo(first);
        assertThat(first)
                .contains("\"guest\":[\"address eth0 inet 198.18.x.", "\"gateway\":[\"address eth0 inet 198.18.x.1/")
                .contains("neighbour 198.18.x.", "macvtap mode bridge", "table ip taplab-nat, chain postrouting: ")
                .contains("fd74:6170:6c62:x:", "fe80::c1:x:x:", "203.0.113.x+3/29");
    }

    // A node that does not answer within a second is left out, as a guest may on a busy machine.
    private String keptIn(Path folder) throws IOException {
        String kept = "";
        for (int look = 0; look < LOOKS && !NODES.stream().allMatch(kept::contains); look++) {
            kept = keptOfTwoRuns(folder.resolve(Integer.toString(look)));
        }
        // The first of all may have booted, and the second was looked at later.
        return kept.replaceFirst("\"phases\":\\[.*?]", "").replaceFirst("\"at\":\\d+", "");
    }

    private String keptOfTwoRuns(Path cache) throws IOException {
        for (int run = 0; run < 2; run++) {
            run(Whole.class, cache).testEvents().assertStatistics(counts -> counts.succeeded(1));
        }
        try (var files = Files.list(cache.resolve("green"))) {
            String kept = Files.readString(files.findFirst().orElseThrow());
            assertThat(kept).contains("\"tables\":");
            return kept;
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer(ipv6 = true, internet = "www.example.org")
    @MacvtapVm(attachment = Attachment.QEMU)
    static class Whole {

        @Test
        void allAnswer(Guest guest, Client client, Gateway gateway, WebServer web) {
            assertThat(client.ping(guest.ip()).answered()).isTrue();
            assertThat(guest.ping(gateway.ip()).answered()).isTrue();
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    static class Compared {

        @Test
        void theClientHasOne(Client client) {
            client.sh("cat >/tmp/answer <<E\n%s\nE".formatted(answer));
            client.run("ip", "link", "set", "eth0", "mtu", Integer.toString(mtu));

            assertThat(client.run("cat", "/tmp/answer").text()).isEqualTo("one");
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    static class BeforeAllFails {

        @BeforeAll
        static void fails(Launcher launcher, Client client) {
            fail("on purpose");
        }

        @Test
        void neverRuns() {
            fail("a test ran");
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    static class BeforeEachFails {

        @BeforeEach
        void fails(Launcher launcher, Client client) {
            fail("on purpose");
        }

        @Test
        void neverRuns() {
            throw new IllegalStateException("a test ran");
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    @ExtendWith(FailingExtension.class)
    static class AnExtensionFails {

        @Test
        void passes(Launcher launcher, Client client) {
            assertThat(launcher.run("true").succeeded()).isTrue();
        }
    }

    static class FailingExtension implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) {
            fail("on purpose");
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    static class BothFail {

        @Test
        void fails() {
            fail("on purpose");
        }

        @AfterEach
        void failsToo(Launcher launcher) {
            launcher.removeAddress();
            fail("since that failed");
        }
    }

    @Disabled("run by EvidenceLabTests")
    @LabContainer
    static class Aborts {

        @Test
        void aborts(Launcher launcher) {
            abort("not here");
        }
    }
}
