package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.taplab.FromLab;
import io.github.taplab.GivenSettings;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lab dies with its JVM, at whatever moment that is killed; what Docker keeps, the next session removes. */
@Tag("lab")
@Order(1) // One of the longest, so among the first: the last one would run alone.
class KilledJvmLabTests {

    private static final Duration LEASE_ENDS = Duration.ofSeconds(15);
    private static final Duration SLOWEST_START = Duration.ofSeconds(90);
    /** How the program that connects to an SSH server begins. */
    private static final String CONNECTOR = "# connect.pl ";

    private static final String IN_THE_TEST = "marker: in the test";

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void afterItsNetworkWasMade() {
        try (ForkedJvm jvm = ForkedJvm.run(Blocked.class)) {
            jvm.awaitLab(
                    "its network is there",
                    () -> !EngineView.networks(jvm.label()).isEmpty());
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    @Test
    void beforeAContainerIsStarted() {
        try (ForkedJvm jvm = ForkedJvm.run(Blocked.class)) {
            Waiting.forEvent(
                    "a container is made", SLOWEST_START, EngineView.event(jvm.label(), "create", ""), jvm::output);
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    @Test
    void whileTheGuestBoots() {
        try (ForkedJvm jvm = ForkedJvm.run(Blocked.class)) {
            jvm.awaitLab("QEMU runs", () -> runs(jvm.label(), "qemu-system"));
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    @Test
    void inATest() {
        try (ForkedJvm jvm = ForkedJvm.run(Blocked.class)) {
            jvm.awaitOutput(IN_THE_TEST);
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    @Test
    void withAnInternet() {
        try (ForkedJvm jvm = ForkedJvm.run(Online.class)) {
            jvm.awaitOutput(IN_THE_TEST);
            assertThat(EngineView.networks(jvm.label())).hasSize(2);
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    @Test
    void whileCommandsRun() {
        try (ForkedJvm jvm = ForkedJvm.run(Commanding.class)) {
            jvm.awaitLab(
                    "a command and an SSH connection are under way",
                    () -> runs(jvm.label(), "sleep 1234") && runs(jvm.label(), CONNECTOR));
            jvm.kill();
            assertThatNothingIsLeft(jvm.label());
        }
    }

    /** A teardown is short: where it was over before the JVM was dead, another one is killed. */
    @Test
    void duringTheTeardown() {
        for (int attempt = 0; attempt < 5; attempt++) {
            try (ForkedJvm jvm = ForkedJvm.run(Ending.class)) {
                Waiting.forEvent(
                        "a part of the lab is gone",
                        SLOWEST_START,
                        EngineView.event(jvm.label(), "die", "-near"),
                        jvm::output);
                // The network goes last, and nobody else removes it: where it is there, the JVM died in between.
                if (jvm.tryToKill() && !EngineView.networks(jvm.label()).isEmpty()) {
                    assertThatNothingIsLeft(jvm.label());
                    return;
                }
            }
        }
        fail("each of five labs was gone before its JVM could be killed");
    }

    /** Ctrl-C in a terminal and the stop button of an IDE. */
    @Test
    void toldToEndTheJvmCleansUpItself() {
        try (ForkedJvm jvm = ForkedJvm.run(Blocked.class)) {
            jvm.awaitOutput(IN_THE_TEST);
            jvm.terminate();
            jvm.awaitEnd();
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
    }

    @Test
    void afterAnOrdinaryRunTheJvmEndsByItself() {
        try (ForkedJvm jvm = ForkedJvm.run(Ending.class)) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd()).doesNotContain("FAILED", "ABORTED", "Exception", "WARN", "ERROR");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
    }

    private static boolean runs(String label, String command) {
        return EngineView.processes(label).stream().anyMatch(line -> line.contains(command));
    }

    /**
     * What ran goes by itself. The next session removes networks, and containers that never ran: they have no lease
     * that could end them. The engine may still be making one when its JVM is dead, which is then up to the session
     * after.
     */
    private static void assertThatNothingIsLeft(String label) {
        Waiting.until(
                "the containers of the killed JVM end", LEASE_ENDS, () -> EngineView.thatRan(label), List::isEmpty);
        Waiting.until(
                "later sessions find nothing of the killed JVM",
                LEASE_ENDS,
                () -> {
                    Session.start(GivenSettings.read()).close();
                    return EngineView.leftovers(label);
                },
                List::isEmpty);
    }

    @Disabled("run by KilledJvmLabTests")
    @LabContainer
    @MacvtapVm
    static class Blocked {

        @Test
        void neverEnds(Guest guest, Client client) throws InterruptedException {
            System.out.println(IN_THE_TEST);
            new CountDownLatch(1).await();
        }
    }

    @Disabled("run by KilledJvmLabTests")
    @LabContainer(internet = "www.example.com")
    static class Online {

        @Test
        void neverEnds() throws InterruptedException {
            System.out.println(IN_THE_TEST);
            new CountDownLatch(1).await();
        }
    }

    @Disabled("run by KilledJvmLabTests")
    @LabContainer
    @MacvtapVm
    static class Commanding {

        @Test
        void commandsThatTakeLong(Launcher launcher, Guest guest, Client client) {
            CompletableFuture<?> nap =
                    CompletableFuture.runAsync(() -> launcher.run(Duration.ofMinutes(5), "sleep", "1234"));
            InetAddress ip = guest.ip();
            guest.setDown("eth0");
            while (!nap.isDone()) {
                // Nobody answers ARP: each attempt takes seconds.
                client.ssh(guest, ip);
            }
        }
    }

    @Disabled("run by KilledJvmLabTests")
    @LabContainer(clients = {"near", "far"})
    @MacvtapVm
    static class Ending {

        @Test
        void ends(@FromLab("near") Client near, @FromLab("far") Client far) {
            System.out.println(IN_THE_TEST);
        }
    }
}
