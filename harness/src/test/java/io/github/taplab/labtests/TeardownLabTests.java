package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.testkit.engine.EventConditions.fileEntry;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabExtension;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Subnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.Events;

/** However a class ends, nothing of its lab is left. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class TeardownLabTests {

    /** What the lab of a fixture shall not get. */
    private static Subnet taken;

    @TempDir
    Path output;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private String evidence() throws IOException {
        try (var files = Files.walk(output)) {
            return Files.readString(files.filter(file -> file.endsWith("taplab-evidence.txt"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static String label(Class<?> fixture) {
        return "io.github.taplab.lab=" + fixture.getName();
    }

    @Test
    void afterAPassedClassNothingIsLeft() {
        EngineExecutionResults results = Fixtures.run(Passing.class, output);

        results.testEvents().assertStatistics(counts -> counts.succeeded(1));
        String session = Passing.SESSION.get();
        assertThat(session).isNotBlank();
        // The preflight's container too.
        assertThat(EngineView.leftovers("io.github.taplab.session=" + session)).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer
    static class Passing {

        static final AtomicReference<String> SESSION = new AtomicReference<>();

        @Test
        void passes(Launcher launcher, Client client, Gateway gateway) {
            assertThat(EngineView.leftovers(label(Passing.class))).hasSize(4);
            SESSION.set(
                    EngineView.containers(label(Passing.class)).get(0).labels().get("io.github.taplab.session"));
        }
    }

    /** Nobody asks for the gateway and the web server: they start with the lab. */
    @Test
    void anInternetGoesWithItsLab() throws IOException {
        Events tests = Fixtures.run(Online.class, output).testEvents();

        tests.assertThatEvents().haveExactly(1, EventConditions.finishedWithFailure(message("on purpose")));
        assertThat(evidence())
                .contains("== webserver: addresses", "203.0.113.")
                .contains("== gateway: packet filter and NAT", "oifname \"eth1\" masquerade")
                .contains("== gateway: name server", "dnsmasq")
                .doesNotContain("can't be looked at");
        assertThat(EngineView.leftovers(label(Online.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer(internet = "www.example.com")
    static class Online {

        @Test
        void fails() {
            assertThat(EngineView.networks(label(Online.class))).hasSize(2);
            assertThat(EngineView.containers(label(Online.class)))
                    .extracting(container -> container.name().replaceFirst(".*-", ""))
                    .containsExactlyInAnyOrder("launcher", "gateway", "webserver");
            fail("on purpose");
        }
    }

    @Test
    void afterAFailedTestEvidenceIsKeptAndNothingElse() throws IOException {
        Events tests = Fixtures.run(Failing.class, output).testEvents();

        tests.assertStatistics(counts -> counts.started(1).failed(1));
        tests.assertThatEvents()
                .haveExactly(1, EventConditions.finishedWithFailure(message("on purpose")))
                .haveExactly(1, fileEntry(entry -> entry.getPath().endsWith("taplab-evidence.txt")));
        assertThat(evidence())
                .contains("== launcher: links", "macvtap0 on launcher (macvtap mode bridge over eth0")
                .contains("== launcher: addresses", "== launcher: routes", "== launcher: neighbours")
                .contains("== launcher: packet filter", "== launcher: sockets", "== launcher: forwarding table")
                .contains("== launcher: logs and domains", "-- /var/log/taplab/libvirtd.log", "<domain type=")
                .contains("-- /var/log/libvirt/qemu/guest.log", "/usr/bin/qemu-system-")
                .contains("== guest: links", "== guest: addresses", "== guest: routes", "default via ")
                .contains("== guest: console", "guest: ssh listening")
                .contains("== guest: machine", "<interface type='direct'")
                .contains("== client: links")
                .doesNotContain("can't be looked at");
        assertThat(EngineView.leftovers(label(Failing.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer
    @MacvtapVm
    static class Failing {

        @Test
        void fails(Guest guest, Client client) {
            fail("on purpose");
        }
    }

    @Test
    @Timeout(90)
    void whereTheLauncherDiesDuringTheBootTheReasonIsSaidAndNothingIsLeft() {
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            Waiting.until(
                    // libvirtd starts one as well, to ask what it can.
                    "the guest's QEMU runs",
                    Duration.ofSeconds(40),
                    () -> EngineView.processes(label(DyingLauncher.class)),
                    commands -> commands.stream()
                            .anyMatch(command -> command.contains("qemu-system") && command.contains("-kernel")));
            EngineView.kill(label(DyingLauncher.class), "-launcher");
        });

        Events classes = Fixtures.run(DyingLauncher.class, output).containerEvents();

        killer.join();
        classes.assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(
                                        text -> (text.startsWith("libvirtd on launcher is gone (")
                                                        && text.contains(
                                                                "-launcher is gone: killed through the engine"))
                                                || (text.startsWith(
                                                                "guest boots and its agent answers: can't come any more: ")
                                                        && text.contains("libvirtd on launcher is gone"))
                                                // Its console was read at that moment.
                                                || text.matches(
                                                        "(?s)(guest boots and its agent answers: nobody can see how far it has come: )?"
                                                                + "\\w+'s container \\S+-launcher is gone: killed through the engine .*"))));
        assertThat(EngineView.leftovers(label(DyingLauncher.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer
    @MacvtapVm(boot = BootMode.COLD) // It would go on from a snapshot before it is killed.
    static class DyingLauncher {

        @Test
        void isNeverReached(Guest guest) {
            fail("the guest booted in a dead launcher");
        }
    }

    @Test
    void whereTheLauncherDiesInATestTheOthersAreStillLookedAt() throws IOException {
        Events tests = Fixtures.run(DeadLauncher.class, output).testEvents();

        tests.assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(
                                        text -> text.matches(
                                                "launcher's container taplab-\\S+-launcher is gone: killed through the engine \\(signal 9, exit code 137\\); it can't run: true"))));
        assertThat(evidence()).contains("== launcher: links", "can't be looked at: launcher's container taplab-");
        assertThat(evidence()).contains("== client: links", "eth0 on client");
        assertThat(EngineView.leftovers(label(DeadLauncher.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer
    static class DeadLauncher {

        @Test
        void needsTheLauncher(Launcher launcher, Client client) {
            EngineView.kill(label(DeadLauncher.class), "-launcher");
            launcher.run("true");
        }
    }

    @Test
    void whereAClientDiesInATestItIsSaidWhichAndHow() {
        Events tests = Fixtures.run(DeadClient.class, output).testEvents();

        tests.assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.finishedWithFailure(
                                instanceOf(IllegalStateException.class),
                                message(
                                        text -> text.matches(
                                                "near's container taplab-\\S+-near is gone: killed through the engine \\(signal 9, exit code 137\\); it can't run: true"))));
        assertThat(EngineView.leftovers(label(DeadClient.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer(clients = {"near", "far"})
    static class DeadClient {

        @Test
        void needsTheClient(@FromLab("near") Client near, @FromLab("far") Client far) {
            EngineView.kill(label(DeadClient.class), "-near");
            far.run("true");
            near.run("true");
        }
    }

    /** A timeout interrupts the thread of the test, and with scope = METHOD that thread also closes the lab. */
    @Test
    void anInterruptedThreadLeavesNothingEither() {
        Events tests = Fixtures.run(Interrupted.class, output).testEvents();

        tests.assertStatistics(counts -> counts.succeeded(1));
        assertThat(EngineView.leftovers(label(Interrupted.class))).isEmpty();
    }

    @Disabled("run by TeardownLabTests")
    @LabContainer(scope = LabScope.METHOD)
    static class Interrupted {

        @Test
        void interruptsItself(Launcher launcher, Client client) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Timeout(90)
    void anInterruptEndsAStartAndNothingIsLeft() {
        Thread runner = Thread.currentThread();
        CompletableFuture<Instant> interrupt = CompletableFuture.supplyAsync(() -> {
            Waiting.until(
                    "the guest boots",
                    Duration.ofSeconds(60),
                    () -> EngineView.processes(label(InterruptedStart.class)),
                    commands -> commands.stream().anyMatch(command -> command.contains("qemu-system")));
            runner.interrupt();
            return Instant.now();
        });

        Events classes = Fixtures.run(InterruptedStart.class, output).containerEvents();
        Instant ended = Instant.now();

        classes.assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.finishedWithFailure(
                                instanceOf(InterruptedWaitException.class),
                                message(
                                        text -> text.matches(
                                                "the lab of TeardownLabTests.InterruptedStart is up, which is at .*guest (start|boot) for \\d+ ms.*: interrupted while waiting for it"))));
        assertThat(EngineView.leftovers(label(InterruptedStart.class))).isEmpty();
        // With the teardown and the end of the session.
        assertThat(Duration.between(interrupt.join(), ended)).isLessThan(Duration.ofSeconds(20));
    }

    /** Its guest boots for seconds. */
    @Disabled("run by TeardownLabTests")
    @LabContainer
    @MacvtapVm(boot = BootMode.COLD)
    static class InterruptedStart {

        @Test
        void isNeverReached(Guest guest, Client client) {
            fail("the start was interrupted");
        }
    }

    @Nested
    @LabContainer
    class BesideALab {

        @Test
        void aTakenSubnetIsSaidAndNothingIsLeft(Lab lab) {
            taken = lab.subnet();

            Events classes = Fixtures.run(TakenSubnet.class, output).containerEvents();

            classes.assertThatEvents()
                    .haveExactly(
                            1,
                            EventConditions.finishedWithFailure(
                                    instanceOf(IllegalStateException.class),
                                    message(text -> text.startsWith("The subnet " + lab.subnet()
                                                    + " overlaps with another network of the Docker host: ")
                                            && text.endsWith(
                                                    ". Leave the subnet out of @LabContainer to get a free one"))));
            assertThat(EngineView.leftovers(label(TakenSubnet.class))).isEmpty();
        }
    }

    @Disabled("run by TeardownLabTests")
    static class TakenSubnet {

        @RegisterExtension
        static final LabExtension LAB =
                LabExtension.of(LabSpec.builder().subnet(taken).build());

        @Test
        void isNeverReached() {
            fail("two labs on one subnet");
        }
    }
}
