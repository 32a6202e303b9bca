package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestAgentTests {

    private static final Duration SLOW = Duration.ofMillis(100);

    private static GuestAgent agentThatAnswers(String error) {
        Machine machine = (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(error);
                });
        return new GuestAgent("guest", machine);
    }

    /** What QEMU's qapi/qmp-dispatch.c says, behind libvirt's words. */
    @Test
    void anAgentThatMayNotRunCommandsIsSaidToNeedTheConsole() {
        String error = "internal error: unable to execute QEMU agent command 'guest-exec':"
                + " Command guest-exec has been disabled: the command is not allowed";

        assertThatIllegalStateException()
                .isThrownBy(() -> agentThatAnswers(error).run("true"))
                .withMessage("The agent of guest may not do guest-exec, its system's configuration says so;"
                        + " shell = CONSOLE works without it: " + error);
    }

    @Test
    void itsOtherErrorsAreToldAsTheyAre() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> agentThatAnswers("Guest agent is not responding").run("true"))
                .withMessage("Guest agent is not responding");
    }

    /** A clock that is set late is late by as much. */
    @Test
    void aClockThatTookLongToSetIsSetOnceMore() {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Void> never = new CompletableFuture<>();
        Machine machine = (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    if (asked.incrementAndGet() == 1) {
                        assertThatThrownBy(() -> never.get(1500, TimeUnit.MILLISECONDS))
                                .isInstanceOf(TimeoutException.class);
                    }
                    return "{\"return\":{}}";
                });

        new GuestAgent("guest", machine).setClock();

        assertThat(asked).hasValue(2);
    }

    /** What takes an emulated guest long to begin it does not end at once, and each question takes it time. */
    @Test
    void aSlowGuestIsNotAskedForTheEndBeforeItCanBe() {
        assertThat(pauseBeforeTheFirstQuestion(agent -> agent.tryRun("true"))).isGreaterThanOrEqualTo(SLOW);
    }

    /** Nor for that of a command of which there will be a sign; whether that ever comes is another question. */
    @Test
    void whereASignIsExpectedTheAgentIsAskedLaterAndAllTheSame() {
        assertThat(pauseBeforeTheFirstQuestion(
                        agent -> agent.tryRun(List.of(), Duration.ofSeconds(20), new CompletableFuture<>(), "true")))
                .isGreaterThanOrEqualTo(SLOW.multipliedBy(4));
    }

    private static Duration pauseBeforeTheFirstQuestion(Function<GuestAgent, CommandResult> command) {
        CompletableFuture<Void> never = new CompletableFuture<>();
        List<Long> askedAt = new ArrayList<>();
        GuestAgent agent = new ScriptedAgent()
                .on("guest-exec", question -> {
                    assertThatThrownBy(() -> never.get(SLOW.toMillis(), TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                    askedAt.add(System.nanoTime());
                    return "{\"return\":{\"pid\":42}}";
                })
                .on("guest-exec-status", question -> {
                    askedAt.add(System.nanoTime());
                    return "{\"return\":{\"exited\":true,\"exitcode\":0}}";
                })
                .agent();

        assertThat(command.apply(agent).succeeded()).isTrue();
        assertThat(askedAt).hasSize(2);
        return Duration.ofNanos(askedAt.get(1) - askedAt.get(0));
    }

    /** An agent that answers each command by its name; what it was asked is kept. */
    private static final class ScriptedAgent {

        private final Map<String, UnaryOperator<String>> answers = new HashMap<>();
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

        private ScriptedAgent on(String command, String answer) {
            return on(command, question -> answer);
        }

        private ScriptedAgent on(String command, UnaryOperator<String> answer) {
            answers.put("\"" + command + "\"", answer);
            return this;
        }

        private GuestAgent agent() {
            return new GuestAgent("guest", (Machine) Proxy.newProxyInstance(
                    Machine.class.getClassLoader(),
                    new Class<?>[] {Machine.class},
                    (proxy, method, arguments) -> answer((String) arguments[0])));
        }

        private String answer(String question) {
            asked.add(question);
            return answers.entrySet().stream()
                    .filter(entry -> question.contains(entry.getKey()))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .apply(question);
        }
    }

    private static ScriptedAgent agentWhoseCommandEnds(String status) {
        return new ScriptedAgent()
                .on("guest-exec", "{\"return\":{\"pid\":42}}")
                .on("guest-exec-status", "{\"return\":%s}".formatted(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "err"})
    void outputThatTheAgentCutIsNoOutput(String stream) {
        GuestAgent agent = agentWhoseCommandEnds(
                        "{\"exited\":true,\"exitcode\":0,\"%s-data\":\"eA==\",\"%1$s-truncated\":true}"
                                .formatted(stream))
                .agent();

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.tryRun("yes"))
                .withMessage(
                        "Command wrote more to its std%s than the 16 MiB that the agent of guest keeps: yes", stream);
    }

    @Test
    void aCommandCanBeGivenItsStandardInput() {
        ScriptedAgent scripted = agentWhoseCommandEnds("{\"exited\":true,\"exitcode\":0}");

        scripted.agent().tryRun("key\n", Duration.ofSeconds(20), "cat");
        scripted.agent().tryRun("cat");

        assertThat(scripted.asked)
                .filteredOn(question -> question.contains("\"guest-exec\""))
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"input-data\":\"a2V5Cg==\""),
                        second -> assertThat(second).doesNotContain("input-data"));
    }

    @Test
    void orMoreInItsEnvironmentThanEachHas() {
        ScriptedAgent scripted = agentWhoseCommandEnds("{\"exited\":true,\"exitcode\":0}");
        CompletableFuture<String> ended = CompletableFuture.completedFuture("");

        scripted.agent().tryRun(List.of("KEY=a\nb"), Duration.ofSeconds(20), ended, "env");

        assertThat(scripted.asked.get(0)).contains("\"HOME=/root\",\"KEY=a\\nb\"]");
    }

    @Test
    void anAddressAndADefaultRouteAreOneCommand() {
        ScriptedAgent scripted = agentWhoseCommandEnds("{\"exited\":true,\"exitcode\":0}");
        String lines = "address add 198.18.0.5/24 dev ens4\nroute add default via 198.18.0.1 dev ens4\n";

        scripted.agent().addAddress("ens4", InterfaceIp.of("198.18.0.5/24"), Optional.of(InterfaceIp.ip("198.18.0.1")));

        assertThat(scripted.asked)
                .filteredOn(question -> question.contains("\"guest-exec\""))
                .singleElement()
                .satisfies(question -> assertThat(question)
                        .contains("[\"ip\",\"-batch\",\"-\"]")
                        .contains(Base64.getEncoder().encodeToString(lines.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void anAddressThatIpRefusesIsAnError() {
        GuestAgent agent =
                agentWhoseCommandEnds("{\"exited\":true,\"exitcode\":1}").agent();

        assertThatThrownBy(() -> agent.addAddress("ens4", InterfaceIp.of("198.18.0.5/24"), Optional.empty()))
                .isInstanceOf(CommandFailedException.class);
    }

    @Test
    void anEndBySignalHasTheShellsExitCode() {
        assertThat(agentWhoseCommandEnds("{\"exited\":true,\"signal\":9}")
                        .agent()
                        .tryRun("yes")
                        .exitCode())
                .isEqualTo(137);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"exited\":true}",
                "{\"exited\":\"yes\",\"exitcode\":0}",
                "{\"exited\":true,\"exitcode\":\"0\"}"
            })
    void aStatusThatLacksSomethingIsNoStatus(String status) {
        assertThatIllegalStateException()
                .isThrownBy(() -> agentWhoseCommandEnds(status).agent().tryRun("true"))
                .withMessage("The agent of guest answered what is no answer to guest-exec-status: " + status);
    }

    @Test
    void outputThatIsNoBase64IsNoStatus() {
        String status = "{\"exited\":true,\"exitcode\":0,\"out-data\":\"?\"}";

        assertThatIllegalStateException()
                .isThrownBy(() -> agentWhoseCommandEnds(status).agent().tryRun("true"))
                .withMessage("The agent of guest answered what is no answer to guest-exec-status: " + status);
    }

    @Test
    void aCommandWithoutAProcessIdHasNotStarted() {
        GuestAgent agent =
                new ScriptedAgent().on("guest-exec", "{\"return\":{}}").agent();

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.tryRun("true"))
                .withMessage("The agent of guest answered what is no answer to guest-exec: {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"result\":{}}", "[]", "null", "\"\""})
    void anAnswerThatReturnsNothingIsNone(String answer) {
        GuestAgent agent = new ScriptedAgent().on("guest-exec", answer).agent();

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.tryRun("true"))
                .withMessage("The agent of guest answered what is no answer to guest-exec: " + answer);
    }

    @Test
    void aLongFileIsWrittenInPiecesAndWhatWasNotTakenAgain() {
        byte[] content = new byte[2_500_000];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ScriptedAgent agent = new ScriptedAgent()
                .on("guest-file-open", "{\"return\":1000}")
                .on("guest-file-close", "{\"return\":{}}")
                .on("guest-file-write", question -> {
                    byte[] piece =
                            Base64.getDecoder().decode(question.replaceFirst(".*\"buf-b64\":\"([^\"]*)\".*", "$1"));
                    int taken = Math.min(piece.length, 1_000_000);
                    written.write(piece, 0, taken);
                    return "{\"return\":{\"count\":%d,\"eof\":false}}".formatted(taken);
                });

        agent.agent().writeFile("/file", content);

        assertThat(written.toByteArray()).isEqualTo(content);
        assertThat(agent.asked).hasSize(5).allMatch(question -> question.length() < 2 << 20);
    }

    @Test
    void aFileThatIsNotWrittenIsSaid() {
        GuestAgent agent = new ScriptedAgent()
                .on("guest-file-open", "{\"return\":1000}")
                .on("guest-file-write", "{\"return\":{\"count\":0,\"eof\":false}}")
                .agent();

        assertThatIllegalStateException()
                .isThrownBy(() -> agent.writeFile("/file", new byte[1]))
                .withMessage(
                        "The agent of guest answered what is no answer to guest-file-write: {\"count\":0,\"eof\":false}");
    }

    @Test
    void atItsDeadlineACommandIsKilled() {
        AtomicBoolean killed = new AtomicBoolean();
        ScriptedAgent agent = new ScriptedAgent()
                .on("guest-exec", question -> {
                    killed.set(killed.get() || question.contains("-KILL"));
                    return "{\"return\":{\"pid\":42}}";
                })
                .on(
                        "guest-exec-status",
                        question -> killed.get()
                                ? "{\"return\":{\"exited\":true,\"signal\":9,\"out-data\":\"c28gZmFy\"}}"
                                : "{\"return\":{\"exited\":false}}");

        assertThatThrownBy(() -> agent.agent().tryRun(Duration.ofMillis(50), "sleep", "60"))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching("(?s)Command still ran after its deadline of 50 ms on guest: sleep 60\\R"
                        + "exit code 137 after \\d+ ms\\Rstdout: so far\\Rstderr: \\(empty\\)");
        assertThat(agent.asked).anyMatch(question -> question.contains("[\"-KILL\",\"-42\"]"));
    }

    /** Not even an agent that does not answer holds up a caller who is interrupted. */
    @Test
    void anInterruptedCallerIsFreeAtOnceAndItsCommandIsKilled() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> kill = new CompletableFuture<>();
        Thread test = Thread.currentThread();
        ScriptedAgent agent = new ScriptedAgent()
                .on("guest-exec", question -> {
                    if (question.contains("-KILL")) {
                        kill.complete(question);
                    }
                    return "{\"return\":{\"pid\":42}}";
                })
                .on("guest-exec-status", question -> {
                    if (!answer.isDone()) {
                        test.interrupt();
                    }
                    return answer.join();
                });

        assertThatThrownBy(() -> agent.agent().tryRun("sleep", "60"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("guest runs sleep 60: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        answer.complete("{\"return\":{\"exited\":false}}");
        assertThat(Waiting.joined("the command is killed", Duration.ofSeconds(10), kill))
                .contains("[\"-KILL\",\"-42\"]");
    }
}
