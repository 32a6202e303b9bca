package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.allOf;
import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.junit.jupiter.api.Timeout.ThreadMode.SAME_THREAD;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.capture.Capture;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** JUnit's {@code @Timeout} ends whatever waits for a lab, and the lab goes on. */
@Tag("lab")
class TimeoutLabTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path output;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void whoeverWaitsForALabEndsWithItsTimeout() {
        var results = Fixtures.run(Waits.class, output);
        // A lab that does not start is told as that.
        assertThat(results.containerEvents().failed().stream().map(Event::getPayload))
                .isEmpty();
        Events tests = results.testEvents();

        tests.assertStatistics(counts -> counts.failed(12).succeeded(1));
        for (String wait : List.of("client", "launcher", "guest", "capture", "ssh", "assertion")) {
            tests.assertThatEvents()
                    .haveExactly(
                            1,
                            allOf(
                                    test(wait + "InOneThread"),
                                    finishedWithFailure(
                                            instanceOf(TimeoutException.class),
                                            suppressed(0, instanceOf(InterruptedWaitException.class)))))
                    .haveExactly(
                            1,
                            allOf(
                                    test(wait + "InTwoThreads"),
                                    finishedWithFailure(instanceOf(TimeoutException.class))));
        }
        // Not JUnit's own times: after a failure evidence is collected.
        assertThat(Waits.TOOK).hasSize(12).allSatisfy(took -> assertThat(took).isLessThan(Duration.ofSeconds(20)));
    }

    @Disabled("run by TimeoutLabTests")
    @LabContainer
    @MacvtapVm
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Waits {

        static final List<Duration> TOOK = new CopyOnWriteArrayList<>();

        private static final List<Thread> THREADS = new CopyOnWriteArrayList<>();

        private static void timed(Runnable wait) {
            THREADS.add(Thread.currentThread());
            long start = System.nanoTime();
            try {
                wait.run();
            } finally {
                TOOK.add(Duration.ofNanos(System.nanoTime() - start));
            }
        }

        private static void sleep(Node node) {
            timed(() -> node.tryRun(LONG, "sleep", "60"));
        }

        private static void await(Client client) {
            timed(() -> {
                try (Capture capture = client.capture("eth0", "udp port 9")) {
                    capture.await("a unicorn", frame -> true, LONG);
                }
            });
        }

        /** Each attempt gives up after seconds: nobody answers ARP there. */
        private static void logIn(Lab lab) {
            timed(() -> {
                while (true) {
                    lab.client().ssh(lab.guest(), lab.subnet().host(200));
                }
            });
        }

        private static void expect(Client client) {
            timed(() -> eventually(LONG, () -> assertThat(client.links()).isEmpty()));
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void sshInOneThread(Lab lab) {
            logIn(lab);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void sshInTwoThreads(Lab lab) {
            logIn(lab);
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void assertionInOneThread(Client client) {
            expect(client);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void assertionInTwoThreads(Client client) {
            expect(client);
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void clientInOneThread(Client client) {
            sleep(client);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void clientInTwoThreads(Client client) {
            sleep(client);
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void launcherInOneThread(Launcher launcher) {
            sleep(launcher);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void launcherInTwoThreads(Launcher launcher) {
            sleep(launcher);
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void guestInOneThread(Guest guest) {
            sleep(guest);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void guestInTwoThreads(Guest guest) {
            sleep(guest);
        }

        @Test
        @Timeout(value = 5, threadMode = SAME_THREAD)
        void captureInOneThread(Client client) {
            await(client);
        }

        @Test
        @Timeout(value = 5, threadMode = SEPARATE_THREAD)
        void captureInTwoThreads(Client client) {
            await(client);
        }

        @Test
        @Order(Integer.MAX_VALUE)
        void theLabAnswersAndNothingOfItIsLeft(Client client, Launcher launcher, Guest guest) {
            for (Node node : List.of(client, launcher, guest)) {
                assertThat(node.run("echo", "still here")).printed("still here");
                Waiting.until(
                        "what ran on " + node.name() + " is killed",
                        SOON,
                        () -> node.sh("grep -lxE 'sleep|tcpdump' /proc/[0-9]*/comm 2>/dev/null || :")
                                .text(),
                        String::isEmpty);
            }
            // That of JUnit's own is this one.
            THREADS.stream()
                    .filter(thread -> thread != Thread.currentThread())
                    .forEach(
                            thread -> Waiting.until(thread + " has ended", SOON, thread::isAlive, isAlive -> !isAlive));
            try (Capture capture = client.capture("eth0", "arp")) {
                client.whoHas(launcher.ip());
                capture.await("a question", frame -> true, SOON);
            }
        }
    }
}
