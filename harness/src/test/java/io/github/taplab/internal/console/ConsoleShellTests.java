package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell over a terminal of this machine on which {@code sh} runs. */
class ConsoleShellTests {

    // Who runs the tests need not be root, nor have sudo: then this one says yes to all, and changes nothing.
    private static final String WITH_SUDO = """
            if [ "$(id -u)" != 0 ]; then
              folder=$(mktemp -d)
              trap 'rm -rf "$folder"' EXIT
              printf '#!/bin/sh\nshift\nexec "$@"\n' >"$folder/sudo"
              chmod +x "$folder/sudo"
              PATH=$folder:$PATH
            fi
            """;

    private Pty pty = new Pty(WITH_SUDO + "sh");
    private ConsoleShell shell = shell(text -> text);

    private ConsoleShell shell(UnaryOperator<String> disturbance) {
        return new ConsoleShell("guest", pty.line(disturbance), "root", Optional.empty());
    }

    @AfterEach
    void endProgram() {
        pty.close();
    }

    @Test
    void streamsAndExitCodeAreApart() {
        CommandResult result = shell.tryRun("sh", "-c", "echo out; echo err >&2; exit 3");

        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.node()).isEqualTo("guest");
        assertThat(result.argv()).containsExactly("sh", "-c", "echo out; echo err >&2; exit 3");
    }

    @Test
    void argumentsArriveAsTheyAre() {
        assertThat(shell.run(
                                "printf",
                                "<%s>",
                                "two words",
                                "'\"`",
                                "$HOME",
                                "$(id)",
                                "two\nlines",
                                "*",
                                "back\\n",
                                "",
                                "grün €")
                        .stdout())
                .isEqualTo("<two words><'\"`><$HOME><$(id)><two\nlines><*><back\\n><><grün €>");
    }

    @Test
    void argumentsMayBeLongerThanATerminalsLine() {
        String argument = "0123456789".repeat(10_000);

        assertThat(shell.run("printf", "%s", argument).stdout()).isEqualTo(argument);
    }

    @Test
    void outputNeedNotEndWithANewline() {
        assertThat(shell.run("printf", "no newline").stdout()).isEqualTo("no newline");
        assertThat(shell.run("true").stdout()).isEmpty();
        assertThat(shell.run("printf", "\n\n").stdout()).isEqualTo("\n\n");
    }

    @Test
    void outputMayLookLikeAnAnswerOfTheSession() {
        String frame = "@taplab:00000000:1:end:0 0 0";

        assertThat(shell.run("echo", frame).text()).isEqualTo(frame);
    }

    @Test
    void muchOutputIsComplete() {
        assertThat(shell.sh("head -c 300000 /dev/zero | tr '\\0' x").stdout())
                .hasSize(300_000)
                .matches("x*");
    }

    @Test
    void aMissingProgramIsAFailedCommand() {
        CommandResult result = shell.tryRun("no-such-program");

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.stderr()).contains("no-such-program");
    }

    @Test
    void aSignalShowsInTheExitCode() {
        assertThat(shell.tryRun("sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(128 + 15);
    }

    /** Nobody waits for the command any more, and it would be in the way of the next one. */
    @Test
    @Timeout(60)
    void anInterruptEndsTheCommandAndTheNextOneRuns(@TempDir Path folder) throws IOException {
        Path pid = folder.resolve("pid");
        Thread test = Thread.currentThread();
        CompletableFuture<Void> interrupt = CompletableFuture.runAsync(() -> {
            Waiting.until("the command runs", Duration.ofSeconds(20), () -> Files.exists(pid), there -> there);
            test.interrupt();
        });

        assertThatThrownBy(() -> shell.tryRun(
                        "sh", "-c", "echo $$ >\"$1.new\"; mv \"$1.new\" \"$1\"; sleep 50; true", "sh", pid.toString()))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the console of guest says something: interrupted while waiting for it");

        assertThat(Thread.interrupted()).isTrue();
        interrupt.join();
        long start = System.nanoTime();
        assertThat(shell.run("echo", "next").text()).isEqualTo("next");
        awaitEnd(pid);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @Timeout(60)
    void whoWaitsForAnotherCommandCanBeInterrupted(@TempDir Path folder) {
        Path there = folder.resolve("there");
        CompletableFuture<CommandResult> first = CompletableFuture.supplyAsync(
                () -> shell.tryRun("sh", "-c", "touch \"$1\"; sleep 3", "sh", there.toString()));
        Waiting.until("the command runs", Duration.ofSeconds(20), () -> Files.exists(there), is -> is);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> shell.tryRun("true"))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the turn to use the shell on the console of guest for: true: interrupted while waiting for"
                        + " it");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(first.join().exitCode()).isZero();
    }

    @Test
    void signalsAreAsInAnyShell() {
        assertThat(shell.tryRun("sh", "-c", "kill -INT $$; echo alive").exitCode())
                .isEqualTo(128 + 2);
    }

    @Test
    void exitCode124IsNoDeadline() {
        assertThat(shell.tryRun("sh", "-c", "exit 124").exitCode()).isEqualTo(124);
    }

    @Test
    void commandsHaveNoInputAndAKnownEnvironment() {
        assertThat(shell.run("cat").stdout()).isEmpty();
        assertThat(shell.sh("pwd; echo $PATH; echo $LC_ALL").stdout())
                .isEqualTo("/\n/usr/sbin:/usr/bin:/sbin:/bin\nC\n");
    }

    /** Who takes a deadline for the command's own would say that it ran. */
    @Test
    void aCommandForWhichThereIsNoShellHasNoDeadlineOfItsOwn() {
        pty.close();
        pty = new Pty("exec cat >/dev/null");
        ConsoleShell silent =
                new ConsoleShell("guest", pty.line(text -> text), "root", Optional.empty(), Duration.ofMillis(300));

        assertThatThrownBy(() -> silent.tryRun("true"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("; asked for: true");
        assertThatThrownBy(() -> silent.writeFile("/tmp/file", new byte[1]))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("; asked for: write /tmp/file");
        assertThatThrownBy(() -> silent.logIn(Duration.ofMillis(300))).isInstanceOf(DeadlineExceededException.class);
    }

    // Who killed it does not wait until the kernel has done it.
    private static void awaitEnd(Path pid) throws IOException {
        long process = Long.parseLong(Files.readString(pid).strip());
        Waiting.until(
                "process %d is gone".formatted(process),
                Duration.ofSeconds(10),
                () -> ProcessHandle.of(process),
                Optional::isEmpty);
    }

    @Test
    void atItsDeadlineACommandIsKilledWithItsChildren(@TempDir Path folder) throws IOException {
        Path child = folder.resolve("child");

        assertThatThrownBy(() -> shell.tryRun(
                        Duration.ofSeconds(5),
                        "sh",
                        "-c",
                        "echo $((6 * 7)); sleep 600 & echo $! >\"$1\"; wait; echo woken",
                        "sh",
                        child.toString()))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageMatching("(?s)Command still ran after its deadline of 5000 ms on guest: sh -c .*"
                        + "exit code 137 after \\d+ ms\\Rstdout: 42\\R.*");

        awaitEnd(child);
        assertThat(shell.run("echo", "next").text()).isEqualTo("next");
    }

    @Test
    void aLongSilenceIsNoDeadline() {
        assertThat(shell.run("sh", "-c", "sleep 4; echo woken").text()).isEqualTo("woken");
    }

    @Test
    void whatRunsInTheBackgroundIsNotWaitedFor() {
        CommandResult result = shell.run("sh", "-c", "sleep 30 & echo started");

        assertThat(result.text()).isEqualTo("started");
        assertThat(result.took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void filesOfAnySizeAreWritten(@TempDir Path folder) throws IOException {
        byte[] content = new byte[50_000];
        new Random(7).nextBytes(content);
        Path file = folder.resolve("it's a file");
        Files.writeString(file, "old");

        shell.writeFile(file.toString(), content);
        assertThat(file).hasBinaryContent(content);

        shell.writeFile(file.toString(), new byte[0]);
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFileThatCantBeWrittenIsAFailure() {
        assertThatThrownBy(() -> shell.writeFile("/no/such/folder/file", new byte[] {1}))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("guest: write /no/such/folder/file")
                .hasMessageContaining("/no/such/folder/file: ");
    }

    @Test
    void kernelMessagesInTheMiddleDoNotGetIntoAResult() {
        AtomicInteger messages = new AtomicInteger();
        shell = shell(text -> {
            int middle = text.indexOf(":out:") + 15;
            if (text.length() > middle && middle > 15 && messages.compareAndSet(0, 1)) {
                return text.substring(0, middle) + "[   12.345678] random: crng init done\r\n" + text.substring(middle);
            }
            return text;
        });
        CommandResult result = shell.sh(
                "seq 5000; echo once >>/tmp/taplab-test-$PPID; cat /tmp/taplab-test-$PPID; rm /tmp/taplab-test-$PPID");

        assertThat(messages).hasValue(1);
        assertThat(result.stdout()).endsWith("4999\n5000\nonce\n").hasLineCount(5001);
    }

    @Test
    void aLostAnswerIsAskedForAgain() {
        AtomicInteger lost = new AtomicInteger();
        shell = shell(text -> {
            if (text.contains(":end:") && lost.getAndIncrement() == 0) {
                return text.replace(":end:", ":e[ 1.0] noise\r\nnd:");
            }
            return text;
        });

        assertThat(shell.run("echo", "hello").text()).isEqualTo("hello");
        assertThat(lost.get()).isGreaterThan(1);
    }

    @Test
    void afterItsShellHasEndedItLogsInAgain() {
        pty.close();
        pty = new Pty(WITH_SUDO + "while :; do sh; done");
        SerialLine line = pty.line();
        shell = new ConsoleShell("guest", line, "root", Optional.empty());
        assertThat(shell.run("echo", "first").text()).isEqualTo("first");

        line.type("exit\n");

        assertThat(shell.run("echo", "second").text()).isEqualTo("second");
    }
}
