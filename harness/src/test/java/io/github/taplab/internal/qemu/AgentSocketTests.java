package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AgentSocketTests {

    private static final Pattern SYNC =
            Pattern.compile("\u00ff\\{\"execute\":\"guest-sync-delimited\",\"arguments\":\\{\"id\":(\\d+)}}");
    private static final String SLOW = "{\"execute\":\"guest-slow\"}";
    private static final String PING = "{\"execute\":\"guest-ping\"}";
    private static final String REFUSED = "{\"execute\":\"guest-shutdown\"}";

    private final List<FakeProcess> opened = Collections.synchronizedList(new ArrayList<>());
    /** What is not answered. */
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private final AgentSocket agent = new AgentSocket("guest", this::open, () -> "its QEMU runs");

    /** What comes first on a connection, before the answers to its own questions. */
    private volatile String leftOver = "";

    private volatile boolean reads = true;

    /** What is said without end instead of answers. */
    private volatile String lies = "";

    @AfterEach
    void end() {
        agent.close();
        opened.forEach(FakeProcess::close);
    }

    private Link open() {
        FakeProcess process = new FakeProcess();
        opened.add(process);
        if (!lies.isEmpty()) {
            Thread liar = new Thread(() -> lie(process), "agent");
            liar.setDaemon(true);
            liar.start();
        } else if (reads) {
            process.says(leftOver);
            Thread answers = new Thread(() -> answer(process), "agent");
            answers.setDaemon(true);
            answers.start();
        }
        return process.link();
    }

    private void lie(FakeProcess process) {
        try {
            while (true) {
                process.says(lies);
            }
        } catch (UncheckedIOException closed) {
            // Nobody listens any more.
        }
    }

    private void answer(FakeProcess process) {
        for (String line = process.hears(); line != null; line = process.hears()) {
            Matcher sync = SYNC.matcher(line);
            if (sync.matches()) {
                process.says("\u00ff{\"return\": %s}\n".formatted(sync.group(1)));
            } else if (line.equals(PING)) {
                process.says("{\"return\": \"pong\"}\n");
            } else if (line.equals(REFUSED)) {
                process.says("{\"error\": {\"desc\": \"child process has terminated abnormally\"}}\n");
            } else {
                heard.add(line);
            }
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForWithoutEnd() {
        assertThat(agent.ask(PING, 20)).contains("pong");

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(SLOW, 1))
                .withMessage("The agent of guest: no answer within 1 s; asked for: guest-slow; its QEMU runs");
    }

    @Test
    void anAnswerThatComesTooLateIsNotTakenForTheNextOnes() {
        assertThatIllegalStateException().isThrownBy(() -> agent.ask(SLOW, 1));
        leftOver = "{\"return\": \"slow\"}\n";

        assertThat(agent.ask(PING, 10)).contains("pong");
    }

    /** The first half went to the connection that is closed. */
    @Test
    void norIsHalfOfOne() {
        assertThatIllegalStateException().isThrownBy(() -> agent.ask(SLOW, 1));
        leftOver = "ow\"}\nand more, without an end";

        assertThat(agent.ask(PING, 10)).contains("pong");
    }

    @Test
    void anInterruptEndsAQuestionAndTheNextOneIsAnswered() {
        Thread asks = Thread.currentThread();
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
            Waiting.until(
                    "it waits for the answer",
                    Duration.ofSeconds(10),
                    asks::getStackTrace,
                    stack -> Stream.of(stack)
                            .anyMatch(frame -> frame.getClassName().equals(AgentLines.class.getName())));
            asks.interrupt();
        });

        assertThatThrownBy(() -> agent.ask(SLOW, 20))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the agent of guest answers: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
        leftOver = "{\"return\": \"slow\"}\n";

        assertThat(agent.ask(PING, 10)).contains("pong");
    }

    @Test
    void whoWaitsForAnotherQuestionsEndHasADeadlineToo() {
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> agent.ask(SLOW, 20));
        Waiting.until("the first one asks", Duration.ofSeconds(10), opened::size, size -> size == 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 1))
                .withMessageMatching(
                        "The agent of guest: the turn to ask the agent of guest for guest-ping: not over within"
                                + " \\d+ ms; asked for: guest-ping; its QEMU runs");
        assertThat(first).isNotDone();
    }

    /** A stopped QEMU reads nothing, and a pipe has an end. */
    @Test
    void aQuestionThatNobodyTakesIsNotWrittenWithoutEnd() {
        reads = false;
        String large =
                "{\"execute\":\"guest-file-write\",\"arguments\":{\"buf-b64\":\"%s\"}}".formatted("A".repeat(1 << 20));

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.tell(large, 1, new CompletableFuture<>()))
                .withMessageStartingWith("The agent of guest: no answer within 1 s; asked for: guest-file-write");
    }

    /** Something else in the guest has the agent's port. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"return\": 1}\n",
                "\u00ff{\"return\": -1}\n",
                "\u00ff{\"return\": {}}\n",
                "no JSON\n",
                "{\"return\": [[[[[[[\n"
            })
    void whoSaysOneThingAfterTheOtherHasADeadlineToo(String lie) {
        lies = lie;

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 3))
                .withMessageMatching(
                        "The agent of guest: (no answer within 3 s; lines that are none: \\d+, the last one"
                                + " \".*\"|it said more than 48 MiB that are no answer); asked for: guest-ping; its QEMU runs");
    }

    @Test
    void halfALineIsNoSilence() {
        reads = false;
        CompletableFuture<Void> says = CompletableFuture.runAsync(() -> {
            Waiting.until("it is asked", Duration.ofSeconds(10), opened::size, size -> size == 1);
            opened.get(0).says("{\"return\":");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 2))
                .withMessage("The agent of guest: no answer within 2 s; characters of a line without an end: 10; asked"
                        + " for: guest-ping; its QEMU runs");
        says.join();
    }

    @Test
    void aLineHasAnEnd() {
        lies = "{".repeat(1 << 16);

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 25))
                .withMessage("The agent of guest: it said more than 48 MiB that are no answer; asked for: guest-ping;"
                        + " its QEMU runs");
    }

    @Test
    void whatItRefusesIsShownSoThatATerminalTakesNoOrders() {
        reads = false;
        CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> {
            Waiting.until("it is asked", Duration.ofSeconds(10), opened::size, size -> size == 1);
            FakeProcess process = opened.get(0);
            process.says("\u00ff{\"return\": 1}\n");
            process.says("{\"error\": {\"desc\": \"\\u001b[2J<b>%s\"}}\n".formatted("x".repeat(1000)));
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 20))
                .withMessageMatching("The agent of guest: ␛\\[2J<b>x{400,500}…");
        answers.join();
    }

    @Test
    void whoIsToGoDownMayRefuse() {
        assertThat(agent.tell(REFUSED, 20, new CompletableFuture<>()))
                .contains("The agent of guest: child process has terminated abnormally");
        assertThat(agent.ask(PING, 20)).contains("pong");
    }

    /** Nor is it asked anything more: the next question goes to the next agent. */
    @Test
    void whoHasGoneDownIsNotWaitedFor() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<Optional<String>> refusal = Beside.begin(
                        "tells", () -> agent.tell(SLOW, Integer.MAX_VALUE, gone))
                .result();
        Waiting.until("it is told", Duration.ofSeconds(10), heard::size, size -> size == 1);
        assertThat(refusal).isNotDone();

        gone.complete(null);

        assertThat(refusal).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.empty());
        assertThat(agent.ask(PING, 20)).contains("pong");
        assertThat(opened).hasSize(2);
    }

    @Test
    void whoSaysNothingHasNotRefused() {
        agent.ask(PING, 20);

        assertThat(agent.tell(SLOW, 3, new CompletableFuture<>())).isEmpty();
    }

    @Test
    void aChannelThatEndsIsSaid() {
        reads = false;
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
            Waiting.until("it is asked", Duration.ofSeconds(10), opened::size, size -> size == 1);
            opened.get(0).ends("socat: connection refused\n");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.ask(PING, 20))
                .withMessage("The agent of guest: its channel is closed: socat: connection refused; asked for:"
                        + " guest-ping; its QEMU runs");
        end.join();
    }
}
