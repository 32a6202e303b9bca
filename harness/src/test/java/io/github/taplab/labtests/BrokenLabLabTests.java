package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An assertion that fails since a part of the lab is dead is told as that, and any other as what it is. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class BrokenLabLabTests {

    @TempDir
    Path output;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void aPingToAGuestThatHasPanickedIsNoVerdictOnTheNetwork() {
        Fixtures.run(Pinging.class, output)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("whoIsNotThere"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(said -> said.startsWith("Ping from client to ")))))
                .haveExactly(
                        1,
                        event(
                                test("whoIsOffAsItsTestWants"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(said -> said.startsWith("Ping from client to ")))))
                .haveExactly(
                        1,
                        event(
                                test("whoHasPanicked"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class),
                                        message(said -> said.startsWith("The lab is broken, so this is no verdict on"
                                                + " the network: the kernel of guest has given up: Kernel panic"
                                                + " - not syncing")),
                                        cause(
                                                instanceOf(AssertionError.class),
                                                message(said -> said.startsWith("Ping from client to "))))));
    }

    @Disabled("run by the test above")
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Pinging {

        @Test
        @Order(1)
        void whoIsNotThere(Lab lab, Client client) {
            assertThat(client).reaches(lab.subnet().host(200));
        }

        @Test
        @Order(2)
        void whoHasPanicked(@FromLab InetAddress ip, Guest guest, Client client) {
            guest.console().type("\necho 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger\n");
            guest.console().awaitLine("end Kernel panic", Duration.ofSeconds(30));
            assertThat(client).reaches(ip);
        }

        @Test
        @Order(3)
        void whoIsOffAsItsTestWants(Lab lab, Guest guest, Client client) {
            guest.powerOff();
            assertThat(client).reaches(lab.subnet().host(200));
        }
    }

    /** Its port is open again, so it would seem to be a guest that has lost its address. */
    @Test
    void norIsAPingToAGuestThatHasRestartedByItself() {
        Fixtures.run(Restarting.class, output)
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("whoHasRestarted"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class),
                                        message(said -> said.startsWith("The lab is broken, so this is no verdict on"
                                                + " the network: guest has restarted by itself, and what it was told"
                                                + " before is gone")))))
                .haveExactly(
                        1,
                        event(
                                test("whoWasToldTo"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(said -> said.startsWith("Ping from client to ")))));
    }

    @Disabled("run by the test above")
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Restarting {

        @Test
        @Order(1)
        void whoWasToldTo(@FromLab InetAddress ip, Guest guest, Client client) {
            guest.reboot();
            assertThat(client).reaches(ip);
        }

        @Test
        @Order(2)
        void whoHasRestarted(Lab lab, Guest guest, Client client) {
            assertThatThrownBy(() -> guest.run("reboot", "-f")).isInstanceOf(IllegalStateException.class);
            eventually(
                    Duration.ofMinutes(1), () -> assertThat(guest.run("true")).succeeded());
            assertThat(client).reaches(lab.subnet().host(5));
        }
    }
}
