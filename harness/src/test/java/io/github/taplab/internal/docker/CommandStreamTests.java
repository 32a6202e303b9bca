package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Commands over the one stream of a container")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the process at the other end runs in Linux containers")
class CommandStreamTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String READY = "taplab: ready\n";

    private Process process;
    private OutputStream lease;
    private CommandStream commands;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(CommandsProgram.file()).start();
        // A container's input is such a pipe, which an interrupt can close.
        Pipe pipe = Pipe.open();
        lease = Channels.newOutputStream(pipe.sink());
        new Thread(() -> copy(pipe)).start();
        commands = new CommandStream("Container box", process.getInputStream(), lease);
        commands.awaitReady();
    }

    private void copy(Pipe pipe) {
        try (InputStream in = Channels.newInputStream(pipe.source());
                OutputStream out = process.getOutputStream()) {
            for (byte[] next = in.readNBytes(1); next.length > 0; next = in.readNBytes(1)) {
                out.write(next);
                out.flush();
            }
        } catch (IOException ended) {
            // So has the test.
        }
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private CommandResult run(String... argv) {
        return commands.run("client", SOON, List.of(argv));
    }

    @Test
    void output_errors_and_exit_code_are_kept_apart() {
        CommandResult result = run("sh", "-c", "echo out; echo err >&2; exit 7");

        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.node()).isEqualTo("client");
        assertThat(result.argv()).containsExactly("sh", "-c", "echo out; echo err >&2; exit 7");
    }

    @Test
    void arguments_arrive_as_they_are() {
        assertThat(run("printf", "<%s>", "", "two\nlines", "7 exit 0\n", "grün", "$HOME", "")
                        .stdout())
                .isEqualTo("<><two\nlines><7 exit 0\n><grün><$HOME><>");
    }

    @Test
    void what_a_command_writes_is_never_taken_for_the_end_of_one() {
        CommandResult result = run("printf", "1 exit 3\n2 out 5\n");

        assertThat(result.stdout()).isEqualTo("1 exit 3\n2 out 5\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void long_output_comes_whole() {
        assertThat(run("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x").stdout())
                .hasSize(3_000_000)
                .matches("x*");
    }

    @Test
    void a_missing_command_and_a_killed_one_have_the_shells_exit_codes() {
        assertThat(run("no-such-command").exitCode()).isEqualTo(127);
        assertThat(run("sh", "-c", "kill -KILL $$").exitCode()).isEqualTo(137);
    }

    @Test
    void commands_run_in_the_C_locale_and_without_input() {
        assertThat(run("sh", "-c", "echo $LC_ALL; cat").stdout()).isEqualTo("C\n");
    }

    @Test
    void commands_run_side_by_side_and_each_gets_its_own_answer(@TempDir Path folder) {
        String fifo = folder.resolve("fifo").toString();
        run("mkfifo", fifo).orThrow();

        CompletableFuture<CommandResult> reader = CompletableFuture.supplyAsync(() -> run("cat", fifo));
        CommandResult writer = run("sh", "-c", "echo read >" + fifo + "; echo written");

        assertThat(writer.text()).isEqualTo("written");
        assertThat(reader.join().text()).isEqualTo("read");
    }

    @Test
    void a_command_is_over_when_its_last_writer_is() {
        assertThat(run("sh", "-c", "(sleep 0.3; echo late) & echo early").stdout())
                .isEqualTo("early\nlate\n");
    }

    @Test
    void a_process_that_detached_delays_nobody() {
        assertThat(run("sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!").text()).matches("\\d+");
    }

    @Test
    void a_command_is_killed_at_its_deadline_and_the_message_has_its_output() {
        assertThatThrownBy(() -> commands.run(
                        "client", Duration.ofSeconds(2), List.of("sh", "-c", "echo so far; exec sleep 60")))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("deadline of 2000 ms")
                .hasMessageContaining("client")
                .hasMessageContaining("so far");
        assertThat(run("echo", "next").text()).isEqualTo("next");
    }

    @Test
    void a_command_that_ignores_TERM_is_late_too() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> commands.run(
                        "client",
                        Duration.ofSeconds(2),
                        List.of("sh", "-c", "trap '' TERM; echo so far; while :; do sleep 0.1; done")))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching("(?s)Command still ran after its deadline of 2000 ms on client: .*"
                        + "exit code 137 after .*stdout: so far.*");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_command_that_is_stopped_is_late_too() {
        assertThatThrownBy(() -> commands.run("client", Duration.ofSeconds(2), List.of("sh", "-c", "kill -STOP $$")))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("exit code 143");
    }

    /** Who has left the process group is not killed; nobody waits for what it holds open. */
    @Test
    void a_writer_that_got_away_keeps_nobody_beyond_the_deadline() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> commands.run(
                        "client", Duration.ofSeconds(2), List.of("sh", "-c", "setsid sleep 12 & echo so far")))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("stdout: so far");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    }

    @ParameterizedTest
    @ValueSource(ints = {124, 137, 143})
    void no_exit_code_is_taken_for_a_deadline(int code) {
        assertThat(commands.run("client", Duration.ofSeconds(60), List.of("sh", "-c", "exit " + code))
                        .exitCode())
                .isEqualTo(code);
    }

    @Test
    void a_command_that_writes_without_end_is_killed() {
        assertThatThrownBy(() -> commands.run("client", Duration.ofSeconds(60), List.of("yes", "again")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s)Command was killed, since it wrote more than 16 MiB, on client: yes again\\R"
                        + "exit code 137 after \\d+ ms\\Rstdout: (again\\n){166}agai \\.\\.\\.\\Rstderr: \\(empty\\)");
        assertThat(run("echo", "next").text()).isEqualTo("next");
    }

    @Test
    void when_the_caller_is_interrupted_its_command_is_killed(@TempDir Path folder) {
        Path pid = folder.resolve("pid");
        Thread test = Thread.currentThread();
        CompletableFuture<Void> interrupt = CompletableFuture.runAsync(() -> {
            Waiting.until("the command runs", SOON, () -> Files.exists(pid), there -> there);
            test.interrupt();
        });

        assertThatThrownBy(() -> commands.run(
                        "client",
                        Duration.ofSeconds(60),
                        List.of(
                                "sh",
                                "-c",
                                "trap '' TERM; sleep 60 & echo $! >%1$s.new; mv %1$s.new %1$s; wait".formatted(pid))))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessageStartingWith("client runs sh -c ");

        assertThat(Thread.interrupted()).isTrue();
        interrupt.join();
        Waiting.until(
                "the command's child is gone",
                SOON,
                () -> run("sh", "-c", "kill -0 $(cat %s)".formatted(pid)).succeeded(),
                alive -> !alive);
    }

    @Test
    void an_interrupted_caller_does_not_break_the_stream() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run("echo"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("client runs echo: interrupted while waiting for it");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(run("echo", "still there").text()).isEqualTo("still there");
    }

    @Test
    void when_the_process_ends_whoever_waits_is_told(@TempDir Path folder) {
        Path runs = folder.resolve("runs");
        CompletableFuture<CommandResult> waiting =
                CompletableFuture.supplyAsync(() -> run("sh", "-c", "touch %s; sleep 60".formatted(runs)));
        Waiting.until("the command runs", SOON, () -> Files.exists(runs), there -> there);
        process.destroyForcibly();

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("Container box ended while client ran: sh -c touch ");
        assertThatThrownBy(() -> run("true"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Container box ended before client ran: true");
    }

    @Test
    void a_command_that_was_not_sent_when_the_process_ended_has_not_run() throws Exception {
        PipedOutputStream says = new PipedOutputStream();
        StreamWriterTests.FullPipe requests = new StreamWriterTests.FullPipe();
        CommandStream stopped = new CommandStream("Container box", new PipedInputStream(says), requests);
        says.write(READY.getBytes(StandardCharsets.UTF_8));
        stopped.awaitReady();
        // What the client did before is still on its way.
        CompletableFuture<Void> before =
                CompletableFuture.runAsync(() -> stopped.writeFile("client", "/file", new byte[1]));
        requests.awaitWrite();
        FutureTask<CommandResult> unsent = new FutureTask<>(() -> stopped.run("client", SOON, List.of("true")));
        Thread client = new Thread(unsent);
        client.start();
        Waiting.until("it waits", SOON, client::getState, state -> state == Thread.State.TIMED_WAITING);

        says.close();

        assertThat(unsent)
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("Container box ended before client ran: true");
        assertThat(before).failsWithin(SOON);
    }

    @Test
    void the_process_ends_when_its_input_does() throws Exception {
        lease.close();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void a_container_that_ends_before_it_is_ready_says_what_it_wrote() throws IOException {
        Process broken = new ProcessBuilder("echo", "no libvirtd here").start();
        CommandStream stream = new CommandStream("Container box", broken.getInputStream(), broken.getOutputStream());

        assertThatThrownBy(stream::awaitReady)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Container box ended before it was ready")
                .hasMessageContaining("no libvirtd here");
    }

    private static CommandStream of(Process other, Duration silence) {
        return new CommandStream("Container box", other.getInputStream(), other.getOutputStream(), silence);
    }

    @ParameterizedTest
    @CsvSource({"0,", "1,guest can't set its clock: errno 1"})
    void a_clock_is_set_or_is_not(int errno, @Nullable String refused) throws IOException {
        assertServed(errno, refused, stream -> stream.setClock("guest", Instant.now()));
    }

    @ParameterizedTest
    @CsvSource({"0,", "28,guest can't write /file: errno 28"})
    void a_file_is_written_or_is_not(int errno, @Nullable String refused) throws IOException {
        assertServed(errno, refused, stream -> stream.writeFile("guest", "/file", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "0,",
        "17,'guest can''t add the address 198.18.0.5/24 to eth0, and a default route by way of 198.18.0.1: errno 17'"
    })
    void an_address_is_there_or_is_not(int errno, @Nullable String refused) throws IOException {
        assertServed(
                errno,
                refused,
                stream -> stream.addAddress(
                        "guest", "eth0", InterfaceIp.of("198.18.0.5/24"), Optional.of(InterfaceIp.ip("198.18.0.1"))));
    }

    /** The program itself: nothing is given an address here. */
    @ParameterizedTest
    @CsvSource({"198.18.0.5/24,19", "fd74::5/64,22"})
    void a_nic_that_is_not_there_gets_no_address_nor_does_any_get_one_of_ipv6(String address, int errno) {
        assertThatThrownBy(() -> commands.addAddress("box", "nosuch0", InterfaceIp.of(address), Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("box can't add the address %s to nosuch0: errno %d".formatted(address, errno));
        assertThat(commands.run("box", SOON, List.of("echo", "on")).stdout()).isEqualTo("on\n");
    }

    private static void assertServed(int errno, @Nullable String refused, Consumer<CommandStream> order)
            throws IOException {
        Process answering = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read begin; echo ${begin#?} 0; read id what rest; echo $id $what %d; sleep 60"
                                .formatted(errno))
                .start();
        CommandStream stream = of(answering, SOON);
        try {
            stream.beginSession();
            if (refused == null) {
                assertThatCode(() -> order.accept(stream)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> order.accept(stream)).hasMessage(refused);
            }
        } finally {
            answering.destroyForcibly();
        }
    }

    @Test
    void a_session_passes_over_what_is_for_others() throws IOException {
        Process served = new ProcessBuilder(CommandsProgram.file()).start();
        assertThat(served.getInputStream().readNBytes(READY.length()))
                .asString()
                .isEqualTo(READY);
        InputStream rest = new ByteArrayInputStream("1 exit 7\n1 out 100\nhalf".getBytes(StandardCharsets.UTF_8));
        CommandStream stream = new CommandStream(
                "Guest", new SequenceInputStream(rest, served.getInputStream()), served.getOutputStream());
        try {
            Waiting.call("a session", SOON, () -> {
                stream.beginSession();
                return true;
            });

            assertThat(stream.run("guest", SOON, List.of("echo", "mine")).text())
                    .isEqualTo("mine");
        } finally {
            served.destroyForcibly();
        }
    }

    /** As a guest is that is told of the end of the last session after it was asked for the next one. */
    @Test
    void a_session_that_was_forgotten_is_begun_again() throws IOException {
        Process forgetful = new ProcessBuilder(
                        "sh", "-c", "read begin; echo taplab: ready; exec " + CommandsProgram.file())
                .start();
        CommandStream stream = of(forgetful, SOON);
        try {
            Waiting.call("a session", SOON, () -> {
                stream.beginSession();
                return true;
            });

            assertThat(stream.run("guest", SOON, List.of("echo", "mine")).text())
                    .isEqualTo("mine");
        } finally {
            forgetful.destroyForcibly();
        }
    }

    /** As a guest is that hears of the end of the last session before it is asked for this one. */
    @RepeatedTest(value = 30, name = "the number {currentRepetition} of a session")
    void a_session_that_was_not_forgotten_is_begun_twice() throws IOException {
        Process ready = new ProcessBuilder(CommandsProgram.file()).start();
        CommandStream stream = of(ready, SOON);
        try {
            stream.beginSession();

            assertThat(stream.run("guest", SOON, List.of("echo", "mine")).text())
                    .isEqualTo("mine");
        } finally {
            ready.destroyForcibly();
        }
    }

    @Test
    void a_stream_that_ends_begins_no_session() throws IOException {
        Process broken = new ProcessBuilder("echo", "taplab: ready").start();
        CommandStream stream = of(broken, SOON);

        assertThatThrownBy(stream::beginSession)
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("Container box ended before it took commands");
    }

    /** As a guest does that restarts in the middle of a command. */
    @Test
    void a_process_that_starts_anew_knows_nothing_of_a_command() throws IOException {
        Process restarting = new ProcessBuilder(
                        "sh", "-c", "echo taplab: ready; read request; echo taplab: ready; exec sleep 60")
                .start();
        CommandStream stream = of(restarting, SOON);
        stream.awaitReady();
        try {
            assertThatThrownBy(() -> stream.run("client", SOON, List.of("true")))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("Container box ended while client ran: true")
                    .cause()
                    .hasMessage("it has started anew");
        } finally {
            restarting.destroyForcibly();
        }
    }

    @Test
    void a_process_that_says_nothing_any_more_is_not_waited_for() throws IOException {
        Process silent = new ProcessBuilder("sh", "-c", "echo taplab: ready; exec sleep 60").start();
        CommandStream stream = of(silent, Duration.ofMillis(300));
        stream.awaitReady();
        try {
            assertThatThrownBy(() -> stream.run("client", Duration.ofSeconds(60), List.of("true")))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("Container box does not answer: client runs true: nothing has gone on for 300 ms,"
                            + " last seen: no answer");
        } finally {
            silent.destroyForcibly();
        }
    }

    @Test
    void a_command_that_says_nothing_for_long_is_waited_for() throws IOException {
        Process other = new ProcessBuilder(CommandsProgram.file()).start();
        CommandStream stream = of(other, Duration.ofSeconds(3));
        stream.awaitReady();
        try {
            assertThat(stream.run("client", SOON, List.of("sleep", "5")).succeeded())
                    .isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** A guest is not trusted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 1 out 900000000; exec cat /dev/zero",
                "exec cat /dev/zero",
                "echo 1 what 0; exec sleep 60",
                "echo 1 session 0; exec sleep 60",
                "printf '1 %0900000d\\n' 0; exec sleep 60",
                "echo 1 exit; exec sleep 60"
            })
    void what_is_no_answer_ends_the_stream(String line) throws IOException {
        Process other = new ProcessBuilder("sh", "-c", "echo taplab: ready; read request; " + line).start();
        CommandStream stream = of(other, SOON);
        stream.awaitReady();
        try {
            assertThatThrownBy(() -> stream.run("client", SOON, List.of("true")))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("Container box ended while client ran: true")
                    .cause()
                    .hasMessageMatching("Container box sent (what is no answer: \"1 .{0,110}|900000000 bytes at once"
                            + "|a line of more than 1048576 bytes)");
        } finally {
            other.destroyForcibly();
        }
    }
}
