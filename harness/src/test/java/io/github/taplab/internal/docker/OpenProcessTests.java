package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.async.ResultCallback;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayName("Processes whose standard streams travel over the one stream of a container")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the process at the other end runs in Linux containers")
@Timeout(60)
class OpenProcessTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private Process process;
    private CommandStream commands;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(CommandsProgram.file()).start();
        commands = new CommandStream(
                "Container box", process.getInputStream(), process.getOutputStream(), Duration.ofSeconds(5));
        commands.awaitReady();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private String text(String... argv) {
        return commands.run("client", SOON, List.of(argv)).text();
    }

    @Test
    void whoHasTakenMoreThanWasSentIsNotBelieved() throws InterruptedException {
        var lied = new OpenProcess("liar", new ResultCallback.Adapter<>());

        for (int lie = 0; lie < 3; lie++) {
            lied.fed(999_999_999);
        }

        assertThat(lied.awaitRoom(1)).isTrue();
    }

    @Test
    void talksBothWaysAndEndsWithItsInput() throws IOException {
        try (ByteStream stream = commands.open(List.of("sh", "-c", "cat; echo end"))) {
            OutputStream to = stream.toProcess();
            InputStream from = stream.fromProcess();
            to.write("one".getBytes(StandardCharsets.US_ASCII));
            assertThat(from.readNBytes(3)).asString().isEqualTo("one");
            to.write("two".getBytes(StandardCharsets.US_ASCII));
            assertThat(from.readNBytes(3)).asString().isEqualTo("two");

            to.close();

            assertThat(from.readAllBytes()).asString().isEqualTo("end\n");
        }
    }

    @Test
    void whatIsMuchComesWhole() throws Exception {
        byte[] much = new byte[20 << 20];
        new Random(1).nextBytes(much);
        try (ByteStream stream = commands.open(List.of("cat"))) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try (OutputStream to = stream.toProcess()) {
                    to.write(much);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThat(stream.fromProcess().readAllBytes()).isEqualTo(much);
            written.join();
        }
    }

    /** More than any pipe on the way takes. */
    @Test
    void whoseOutputIsNotReadHoldsUpNobody() throws IOException {
        try (ByteStream stream = commands.open(List.of("sh", "-c", "head -c 10000000 /dev/zero; cat"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(text("echo", "on")).isEqualTo("on");
            }
            assertThat(stream.fromProcess().readNBytes(10_000_000)).hasSize(10_000_000);
        }
    }

    @Test
    void whoClosesItsInputEndsNobody() throws IOException {
        try (ByteStream stream = commands.open(List.of("sh", "-c", "exec <&-; echo closed; sleep 60"))) {
            assertThat(stream.fromProcess().readNBytes(7)).asString().isEqualTo("closed\n");
            OutputStream to = stream.toProcess();
            to.write("unread".getBytes(StandardCharsets.US_ASCII));
            to.flush();

            assertThat(text("echo", "on")).isEqualTo("on");
        }
    }

    @Test
    void whoReadsNothingHoldsUpNobody() {
        try (ByteStream stream = commands.open(List.of("sleep", "60"))) {
            AtomicLong written = new AtomicLong();
            Thread writer = new Thread(() -> {
                try (OutputStream to = stream.toProcess()) {
                    for (int i = 0; i < 20; i++) {
                        to.write(new byte[1 << 20]);
                        written.addAndGet(1 << 20);
                    }
                } catch (IOException closed) {
                    // As it should be in the end.
                }
            });
            writer.setDaemon(true);
            writer.start();

            for (int i = 0; i < 20; i++) {
                assertThat(text("echo", "on")).isEqualTo("on");
            }
            assertThat(written).hasValueLessThan(2 << 20);
        }
    }

    @Test
    void whatItSaysBesideIsKept() {
        try (ByteStream stream = commands.open(List.of("no-such-program"))) {
            assertThat(stream.awaitStderr("No such file", SOON)).isTrue();
            assertThat(stream.stderr()).isEqualTo("no-such-program: No such file or directory\n");
        }
    }

    @Test
    void itsReaderSeesTheEndOfTheContainer() throws IOException {
        try (ByteStream stream = commands.open(List.of("sleep", "60"))) {
            process.destroyForcibly();

            assertThat(stream.fromProcess().readAllBytes()).isEmpty();
        }
        assertThatThrownBy(() -> commands.open(List.of("cat")))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageMatching("Container box ended (before|while) it started: cat");
    }

    @Test
    void whoDoesNotAnswerStartsNothing() throws IOException {
        Process silent = new ProcessBuilder("sleep", "60").start();
        CommandStream stream = new CommandStream(
                "Container box", silent.getInputStream(), silent.getOutputStream(), Duration.ofMillis(300));
        try {
            assertThatThrownBy(() -> stream.open(List.of("cat")))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("Container box does not answer: Container box starts cat: not within 300 ms");
        } finally {
            silent.destroyForcibly();
        }
    }

    @Test
    void manyAtATime() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (ByteStream one = commands.open(List.of("cat"));
                    ByteStream other = commands.open(List.of("cat"))) {
                other.toProcess().write('o');
                one.toProcess().write('1');
                assertThat(one.fromProcess().read()).isEqualTo('1');
                assertThat(other.fromProcess().read()).isEqualTo('o');
            }
        }
        Waiting.until("all have ended", SOON, () -> process.children().count(), children -> children == 0);
    }
}
