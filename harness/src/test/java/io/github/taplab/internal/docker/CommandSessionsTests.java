package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.taplab.internal.wait.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code commands} does when another one comes to the other end of its stream, as after a guest's snapshot. */
@DisplayName("Sessions of the process that runs commands")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the process runs in Linux containers and guests")
@SuppressWarnings("NullAway.Init") // Each test starts its own.
class CommandSessionsTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    // ISO 8859-1 for the byte 0xff.
    private static final String BEGIN = "\u00ff";

    private Process process;
    private OutputStream to;
    private InputStream from;

    /** As in a container. */
    private void start() throws IOException {
        start(List.of(CommandsProgram.file()));
        assertThat(line()).isEqualTo("taplab: ready");
    }

    /** As in a guest: a terminal stands for its port. */
    private void startOnPort() throws IOException {
        String line = "stty raw -echo; exec %s $(tty) 2>/dev/null".formatted(CommandsProgram.file());
        try {
            start(List.of("script", "-qfc", line, "/dev/null"));
        } catch (IOException e) {
            abort("no script(1), which makes terminals: " + e.getMessage());
        }
        assertThat(line()).isEqualTo("taplab: ready");
    }

    private void start(List<String> command) throws IOException {
        process = new ProcessBuilder(command).start();
        to = process.getOutputStream();
        from = process.getInputStream();
    }

    @AfterEach
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void send(String bytes) throws IOException {
        to.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    private static String run(int id, String... words) {
        String text = String.join("\0", words);
        return "%d run 60000 %d\n%s".formatted(id, text.length(), text);
    }

    private String line() {
        return Waiting.call("an answer", SOON, () -> {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                for (int next = from.read(); next != '\n' && next >= 0; next = from.read()) {
                    line.write(next);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        });
    }

    @Test
    void aSignOfLifeIsGiven() throws IOException {
        start();
        send("12 there\n");

        assertThat(line()).isEqualTo("12 there 0");
    }

    /** That it can is what guests show: here it is this machine's clock. The year 2554 is too late for Linux. */
    @Test
    void aClockThatIsRefusedIsToldByItsNumber() throws IOException {
        start();
        send("12 clock 18446744073709551615\n");

        assertThat(line()).isEqualTo("12 clock 22");
    }

    @Test
    void aFileIsWrittenAndReplaced(@TempDir Path folder) throws IOException {
        start();
        Path file = folder.resolve("a file");
        Files.writeString(file, "longer than what replaces it");

        send(write(12, file, "00Ff0a") + "13 there\n");

        assertThat(List.of(line(), line())).containsExactly("12 write 0", "13 there 0");
        assertThat(file).hasBinaryContent(new byte[] {0, (byte) 0xff, '\n'});
    }

    @Test
    void aFileThatCannotBeWrittenIsToldByItsNumber(@TempDir Path folder) throws IOException {
        start();
        Path file = folder.resolve("file");
        Files.writeString(file, "as it was");

        send(write(12, folder.resolve("none/file"), "41") + write(13, file, "4") + write(14, file, "4x"));
        send("15 write 4\nfile16 there\n");

        assertThat(List.of(line(), line(), line(), line(), line()))
                .containsExactly("12 write 2", "13 write 22", "14 write 22", "15 write 22", "16 there 0");
        assertThat(file).hasContent("as it was");
    }

    private static String write(int id, Path file, String content) {
        String words = file + "\0" + content;
        return "%d write %d\n%s".formatted(id, words.length(), words);
    }

    @Test
    void aSessionForgetsHalfARequest() throws IOException {
        start();
        send("7 run 60000 100\necho\0half" + BEGIN + "42 session\n" + run(1, "echo", "whole"));

        assertThat(List.of(line(), line(), line(), line()))
                .containsExactly("42 session 0", "1 out 6", "whole", "1 exit 0");
    }

    @Test
    void aSessionMayComeInPieces() throws IOException {
        start();
        send("7 run 60000 100\necho\0half" + BEGIN);
        send("4");
        send("2 sess");
        send("ion\n");

        assertThat(line()).isEqualTo("42 session 0");
    }

    @Test
    void aSessionKillsWhatRunsAndNobodyIsToldOfIt(@TempDir Path folder) throws IOException {
        start();
        Path pid = folder.resolve("pid");
        send(run(1, "sh", "-c", "trap '' TERM; echo $$ >%1$s.new; mv %1$s.new %1$s; sleep 60; :".formatted(pid)));
        Waiting.until("the command runs", SOON, () -> Files.exists(pid), there -> there);

        send(BEGIN + "43 session\n" + run(1, "echo", "new"));

        assertThat(List.of(line(), line(), line(), line()))
                .containsExactly("43 session 0", "1 out 4", "new", "1 exit 0");
        long old = Long.parseLong(Files.readString(pid).strip());
        Waiting.until("it is gone", SOON, () -> ProcessHandle.of(old), Optional::isEmpty);
        // Longer than a killed command is waited for.
        send(run(2, "sleep", "1.5"));
        assertThat(line()).isEqualTo("2 exit 0");
    }

    @Test
    void inAContainerWhatIsNoRequestEndsIt() throws Exception {
        start();
        send("what is this\n");

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("commands: no request: what is this");
    }

    @Test
    void aPortIsHeardFromTheFirstSessionOn() throws IOException {
        startOnPort();
        send(run(1, "echo", "of another lab"));
        send("rest of something\n" + BEGIN + "44 session\n" + run(1, "echo", "mine"));

        assertThat(List.of(line(), line(), line(), line()))
                .containsExactly("44 session 0", "1 out 5", "mine", "1 exit 0");
    }

    @Test
    void onAPortWhatIsNoRequestIsForgottenWithTheNextSession() throws IOException {
        startOnPort();
        send(BEGIN + "45 session\nwhat is this\n");
        assertThat(line()).isEqualTo("45 session 0");

        send(run(1, "echo", "unheard"));
        send(BEGIN + "46 session\n" + run(1, "echo", "heard"));

        assertThat(List.of(line(), line(), line(), line()))
                .containsExactly("46 session 0", "1 out 6", "heard", "1 exit 0");
    }
}
