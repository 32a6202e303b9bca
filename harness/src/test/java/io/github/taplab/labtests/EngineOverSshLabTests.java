package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.ssh.tunnel.Sshd;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.BootMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Labs on the engine that is there, reached by way of an SSH server. */
@Tag("lab")
@Order(12) // It waits for two other JVMs.
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class EngineOverSshLabTests {

    private static final Duration VERDICT = Duration.ofSeconds(20);
    private static final Duration GONE = Duration.ofSeconds(15);
    private static final String KERNEL_SPEAKS =
            "until grep -qs 'Linux version' /var/log/taplab/guest-console.log; do sleep 0.05; done; echo hit";

    @TempDir
    private Path folder;

    private Sshd sshd;
    private URI address;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @BeforeEach
    void start() {
        URI engine = EngineView.address();
        Assumptions.assumeTrue("unix".equals(engine.getScheme()), "the engine is at a socket of this machine");
        sshd = Sshd.start(folder);
        address = sshd.address(Path.of(engine.getPath()));
    }

    @AfterEach
    void close() {
        if (sshd != null) {
            sshd.close();
        }
    }

    private ForkedJvm jvm(Class<?> testClass, Map<String, String> environment, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "-Dtaplab.acceleration=tcg",
                "-Dtaplab.required=true",
                "-Dtaplab.ssh.folder=" + sshd.home().resolve(".ssh"),
                "-Djunit.platform.reporting.output.dir=" + folder));
        options.addAll(List.of(more));
        return ForkedJvm.run(testClass, environment, options);
    }

    @Test
    @Timeout(180)
    void aLabDoesAllThatItDoes() {
        try (ForkedJvm jvm = jvm(Works.class, Map.of(), "-Dtaplab.engines=" + address)) {
            jvm.awaitOutput(RunTestClass.ENDED);

            assertThat(jvm.awaitEnd())
                    .contains("commandsStreamsAndLibvirt(Guest, Launcher, Client) SUCCESSFUL", "Works SUCCESSFUL")
                    .doesNotContain("leaves behind");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
    }

    /** The engine lives, so that what the lab leaves is removed at the session's end, over a new connection. */
    @Test
    @Timeout(180)
    void whereTheConnectionBreaksThereIsNoVerdict() {
        try (ForkedJvm jvm = jvm(Boots.class, Map.of("DOCKER_HOST", address.toString()))) {
            jvm.awaitLab(
                    "its launcher runs",
                    () -> EngineView.thatRan(jvm.label()).stream().anyMatch(name -> name.endsWith("-launcher")));
            assertThat(EngineView.run(jvm.label(), "-launcher", KERNEL_SPEAKS)).isEqualTo("hit\n");
            long lost = System.nanoTime();

            sshd.cut();

            jvm.awaitOutput("Boots FAILED ");
            assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(VERDICT);
            assertThat(jvm.awaitEnd())
                    .contains("'s container taplab-", "-launcher is gone: the connection to the engine at " + address)
                    .contains(" is lost (the SSH connection to ")
                    .doesNotContain("leaves behind");
            Waiting.until("nothing is left", GONE, () -> EngineView.leftovers(jvm.label()), List::isEmpty);
        }
    }

    @Disabled("run by EngineOverSshLabTests")
    @LabContainer
    @MacvtapVm
    static class Works {

        @Test
        void commandsStreamsAndLibvirt(Guest guest, Launcher launcher, Client client) {
            assertThat(guest.run("uname", "-s").stdout()).isEqualTo("Linux\n");
            assertThat(client.run("head", "-c", "500000", "/dev/zero").stdout()).hasSize(500_000);
            assertThat(launcher.run("virsh", "list", "--name").stdout()).contains("guest");
            assertThat(client.ssh(guest)).isConnected();
        }
    }

    @Disabled("run by EngineOverSshLabTests")
    @LabContainer
    @MacvtapVm(boot = BootMode.COLD)
    static class Boots {

        @Test
        void neverRuns(Guest guest, Client client) {
            throw new AssertionError(guest.name() + " has come up");
        }
    }
}
