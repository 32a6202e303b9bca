package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatCode;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two guests whose root has taken the ports on which Taplab asks them, with libvirt between and without: each lie ends
 * in a sentence, within a time and in bounded memory. The third one, which shares their launcher, and the client are
 * believed meanwhile. Whose lie is over is believed again.
 */
@Tag("lab")
@Order(14) // One of the longest, so among the first: the last one would run alone.
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class HostileGuestPortsLabTests {

    // 16 MiB of each command are kept and 48 of an agent, in arrays of up to twice that, which are copied.
    private static final String HEAP = "-Xmx256m";
    private static final Duration RUN = Duration.ofMinutes(5);
    private static final int TESTS = 7;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    /** In a JVM that has no memory to spare, and no other tests that take it. */
    @Test
    @Timeout(330)
    void lies() {
        try (ForkedJvm jvm = ForkedJvm.run(
                Lying.class,
                Map.of(),
                List.of(
                        HEAP,
                        "-Dtaplab.acceleration=tcg",
                        "-Dtaplab.required=true",
                        "-Djunit.platform.reporting.output.dir=" + folder))) {
            Waiting.until("all lies are told", RUN, jvm::output, said -> said.contains(RunTestClass.ENDED));

            assertThat(jvm.output()).doesNotContain(" FAILED ", "OutOfMemoryError");
            assertThat(jvm.output().lines().filter(line -> line.matches("(\\[\\d+] |who|nor).* SUCCESSFUL .*")))
                    .hasSize(TESTS);
        }
    }

    @Disabled("run by HostileGuestPortsLabTests")
    @LabContainer
    @MacvtapVm(name = "direct", attachment = Attachment.DIRECT)
    @MacvtapVm(name = "bare", attachment = Attachment.QEMU)
    @MacvtapVm(name = "honest")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @Timeout(100)
    @SuppressWarnings("NullAway.Init") // The lab sets the fields.
    static class Lying {

        private static final Duration DEADLINE = Duration.ofSeconds(1);
        // Ten seconds after its deadline nobody waits any more, and a machine is busy.
        private static final Duration LONGEST = Duration.ofSeconds(30);

        @FromLab
        static Lab lab;

        @FromLab("direct")
        static Guest direct;

        @FromLab("bare")
        static Guest bare;

        @FromLab("honest")
        static Guest honest;

        @FromLab
        static Client client;

        private static void withBoth(Consumer<Guest> what) {
            List<CompletableFuture<Void>> both = Stream.of(direct, bare)
                    .map(guest -> CompletableFuture.runAsync(() -> what.accept(guest)))
                    .toList();
            both.forEach(each -> Waiting.joined("both guests", LONGEST.multipliedBy(2), each));
        }

        private static void lieInBoth(Lie lie) {
            withBoth(guest -> Liar.isIn(guest, lie));
            Waiting.until(
                    "libvirt has heard that somebody has the agent's port",
                    LONGEST,
                    direct::domainXml,
                    xml -> xml.contains("name='org.qemu.guest_agent.0' state='connected'"));
        }

        /** Asks both while they lie, and the others meanwhile. */
        private static void assertThatBothEndWith(String said, Consumer<Guest> question) {
            CompletableFuture<Void> told =
                    CompletableFuture.runAsync(() -> withBoth(guest -> assertThatThrownBy(() -> question.accept(guest))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageMatching("(?s)" + said.replace("GUEST", guest.name()) + "[:;] .*")));

            assertThat(client.ping(honest.ip())).isAnswered();
            assertThat(honest.ping(client.ip())).isAnswered();
            assertThat(client.whoHas(lab.subnet().host(200))).isNotAnswered();
            Waiting.joined("what both are told", LONGEST, told);
        }

        private static void assertThatBothAnswerAfter(Consumer<Guest> end) {
            withBoth(guest -> {
                end.accept(guest);
                assertThat(guest.tryRun("echo", "on")).printed("on");
            });
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        ORDERS | ended while GUEST ran: true: The command port of GUEST sent what is no answer: "\\\\u001b]0;title\\\\u0007<script>alert\\(1\\)</script>"
                        LONG_PIECE | ended while GUEST ran: true: The command port of GUEST sent 999999999 bytes at once
                        LINE_WITHOUT_END | ended while GUEST ran: true: The command port of GUEST sent a line of more than 1048576 bytes
                        OUTPUT_WITHOUT_END | does not answer: GUEST runs true: not within 11000 ms, last seen: answers that are not its end: [0-9]{3,}, the last one "[0-9]+ out 10000"
                        """)
        @Order(1)
        void whatIsNoAnswerEndsTheQuestion(Lie lie, String said) {
            lieInBoth(lie);

            assertThatBothEndWith("The command port of GUEST " + said, guest -> guest.tryRun(DEADLINE, "true"));

            assertThatBothAnswerAfter(guest -> Liar.isGone(guest, lie));
        }

        /** The first such word ends the session that there was; then none begins. */
        @Test
        @Order(2)
        void whoOnlyStartsBeginsNoSession() {
            lieInBoth(Lie.STARTS_WITHOUT_END);
            for (String said : new String[] {
                "ended while GUEST ran: true: it has started anew",
                "ended before it took commands: it sent more than 1024 KiB and began no session"
            }) {
                assertThatBothEndWith("The command port of GUEST " + said, guest -> guest.tryRun(DEADLINE, "true"));
            }

            assertThatBothAnswerAfter(guest -> Liar.isGone(guest, Lie.STARTS_WITHOUT_END));
        }

        @Test
        @Order(3)
        void whoHasTheAgentsPortAndIsNoneIsNoAgent() {
            lieInBoth(Lie.WRONG_ANSWERS);

            assertThatBothEndWith(
                    "(direct does not reboot: Guest agent is not responding: .*"
                            + "|The agent of bare: no answer within 10 s; lines that are none: 1, the last one \"\\{\"return\": 1}\")",
                    Guest::reboot);

            assertThatBothAnswerAfter(guest -> {
                Liar.isGone(guest, Lie.WRONG_ANSWERS);
                eventually(LONGEST, () -> assertThatCode(guest::reboot).doesNotThrowAnyException());
            });
        }

        /**
         * libvirt gives that up after 10 MiB or 5 s, whichever comes first. While it holds its end, QEMU keeps such a
         * port throttled for good; a new QEMU does not.
         */
        @Test
        @Order(4)
        void norIsWhoSaysOneLineWithoutAnEnd() {
            lieInBoth(Lie.BRACES_WITHOUT_END);

            assertThatBothEndWith(
                    "(direct does not reboot: (No complete agent response found in [0-9]+ bytes|Guest agent is not responding: .*)"
                            + "|The agent of bare: (it said more than 48 MiB that are no answer"
                            + "|no answer within 10 s; characters of a line without an end: [0-9]{3,}))",
                    Guest::reboot);

            assertThatBothAnswerAfter(guest -> {
                guest.powerOff();
                guest.powerOn();
            });
        }
    }
}
