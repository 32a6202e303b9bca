package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.GivenSettings;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.chaos.CuttingProxy;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.BootMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine that goes away while a lab starts: the class fails soon and says that it has, with what was seen of the
 * lab, and when the engine is back the next session finds nothing.
 */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class LostEnginesLabTests {

    // An engine that is silent is given up after 45 s, and a machine is busy.
    private static final Duration LONGEST = Duration.ofSeconds(85);
    private static final Duration GONE = Duration.ofSeconds(15);
    private static final String KERNEL_SPEAKS =
            "until grep -qs 'Linux version' /var/log/taplab/guest-console.log; do sleep 0.05; done; echo hit";

    @TempDir
    private Path folder;

    private CuttingProxy proxy;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @BeforeEach
    void stand() {
        URI engine = EngineView.address();
        Assumptions.assumeTrue("unix".equals(engine.getScheme()), "the engine is at a socket of this machine");
        proxy = new CuttingProxy(folder.resolve("proxy"), Path.of(engine.getPath()));
    }

    private ForkedJvm jvm() {
        return ForkedJvm.run(
                Boots.class,
                Map.of("DOCKER_HOST", proxy.address().toString()),
                List.of(
                        "-Dtaplab.acceleration=tcg",
                        "-Dtaplab.required=true",
                        "-Djunit.platform.reporting.output.dir=" + folder));
    }

    private static void awaitKernel(ForkedJvm jvm) {
        jvm.awaitLab(
                "its launcher runs",
                () -> EngineView.thatRan(jvm.label()).stream().anyMatch(name -> name.endsWith("-launcher")));
        assertThat(EngineView.run(jvm.label(), "-launcher", KERNEL_SPEAKS)).isEqualTo("hit\n");
    }

    /** What is attached to the class, as CI servers find it. */
    private static String evidence(String output) throws IOException {
        Matcher attached = Pattern.compile("\\[\\[ATTACHMENT\\|(.*taplab-evidence\\.txt)]]")
                .matcher(output);
        assertThat(attached.find()).as(output).isTrue();
        return Files.readString(Path.of(attached.group(1)));
    }

    /** Of what can't be removed without an engine it says how that is done, and the next session does it. */
    private void assertThatNothingIsLeft(ForkedJvm jvm) {
        jvm.awaitOutput(RunTestClass.ENDED);
        assertThat(jvm.awaitEnd())
                .contains("taplab: this run leaves behind: nobody knows what, ", "taplab: to remove it: docker ps ");
        proxy.close();
        Waiting.until("the containers end", GONE, () -> EngineView.thatRan(jvm.label()), List::isEmpty);
        Waiting.until(
                "the next session finds nothing",
                GONE,
                () -> {
                    Session.start(GivenSettings.read()).close();
                    return EngineView.leftovers(jvm.label());
                },
                List::isEmpty);
    }

    /** Waits for the verdict, and returns all that was said until then. */
    private static String verdict(ForkedJvm jvm) {
        long lost = System.nanoTime();
        jvm.awaitOutput("Boots FAILED ");
        assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(LONGEST);
        // The message has more than one line.
        jvm.awaitOutput("taplab: not removed at once: network ");
        return jvm.output();
    }

    @Test
    @Timeout(240)
    void goneWhileTheGuestBoots() throws IOException {
        try (ForkedJvm jvm = jvm()) {
            awaitKernel(jvm);
            proxy.close();

            String output = verdict(jvm);

            assertThat(output)
                    .containsPattern("Boots FAILED guest boots and its agent answers: (can't come any more: libvirtd on"
                            + " launcher is gone |nobody can see how far it has come: )")
                    .containsPattern("'s container taplab-\\w+-1-launcher is gone: the connection to the engine at "
                            + proxy.address() + " is lost \\(.*\\), it may have been restarted");
            assertThat(evidence(output))
                    .contains("== timeline", "start: guest boot, given up, ")
                    .contains("launcher: its recorder has ended", "== client: links", "== launcher: logs and domains")
                    .containsPattern("can't be looked at: launcher's container taplab-\\w+-1-launcher is gone: ");
            assertThatNothingIsLeft(jvm);
        }
    }

    /** Nothing tells it from a container that hangs, but the engine's own silence. */
    @Test
    @Timeout(240)
    void silentWhileTheGuestBoots() throws IOException {
        try (ForkedJvm jvm = jvm()) {
            awaitKernel(jvm);
            proxy.fallSilent();

            String output = verdict(jvm);

            assertThat(output)
                    .containsPattern(
                            "Boots FAILED guest boots and its agent answers: nobody can see how far it has come:"
                                    + " Container taplab-\\w+-1-launcher does not answer: ")
                    .containsPattern("nothing has gone on for 30000 ms, last seen: no answer; the engine at "
                            + proxy.address()
                            + " is asked to look at container taplab-\\w+-1-launcher: no answer within 5000 ms");
            assertThat(evidence(output))
                    .contains("== timeline", "start: guest boot, given up, ")
                    .contains("launcher: its ring does not answer within 2000 ms")
                    .contains("== launcher: links", "can't be looked at: launcher did not answer in time");
            assertThatNothingIsLeft(jvm);
        }
    }

    @Test
    @Timeout(240)
    void goneBeforeTheFirstNodeRuns() throws IOException {
        proxy.closeBeforeStartOf("-launcher");
        try (ForkedJvm jvm = jvm()) {
            String output = verdict(jvm);

            assertThat(output)
                    .containsPattern("Boots FAILED .*[cC]ontainer taplab-\\w+-1-(launcher|client)\\b")
                    .containsPattern("the engine at " + proxy.address() + " (is asked to|is lost)");
            assertThat(evidence(output))
                    .contains("== timeline", "start: network, ")
                    .containsPattern("start: (launcher|client), given up, ");
            assertThatNothingIsLeft(jvm);
        }
    }

    @Disabled("run by LostEnginesLabTests")
    @LabContainer
    @MacvtapVm(boot = BootMode.COLD)
    static class Boots {

        @Test
        void neverRuns(Guest guest, Client client) {
            throw new AssertionError(guest.name() + " has come up");
        }
    }
}
