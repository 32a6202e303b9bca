package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code capture.pl}, with other programs in tcpdump's place. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it runs in Linux containers")
@SuppressWarnings("NullAway.Init") // Each test starts a process.
class CaptureProcessTests {

    private Process process;

    private void start(String shellLine) throws IOException {
        process = new ProcessBuilder(CaptureProcess.command("no-such-link", List.of("sh", "-c", shellLine))).start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private void ask(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    private String answers() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = process.getInputStream().read();
                next >= 0 && next != '\n';
                next = process.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    @Test
    void whatItWritesComesWithItsLengthAndItsEndComesLast() throws IOException {
        start("printf 'a packet'; exec >&-; printf 'in words\\n' >&2; exit 3");

        assertThat(answers()).isEqualTo("pcap 8\na packet" + "said 9\nin words\n" + "ended with exit code 3\n");
    }

    @Test
    void aSignalThatEndsItIsNamed() throws IOException {
        start("kill -KILL $$");

        assertThat(answers()).isEqualTo("ended by signal 9\n");
    }

    @Test
    void whenItIsAskedToEndItsLastWordsCome() throws IOException {
        start("trap 'printf last; exit 0' INT; printf ready; while :; do sleep 0.05; done");
        assertThat(line()).isEqualTo("pcap 5");
        ask("end");

        assertThat(answers()).isEqualTo("ready" + "pcap 4\nlast" + "ended with exit code 0\n");
    }

    @Test
    void whenItDoesNotEndItIsKilled() throws IOException {
        start("trap '' INT; printf ready; while :; do sleep 0.05; done");
        assertThat(line()).isEqualTo("pcap 5");
        ask("end");

        assertThat(answers()).isEqualTo("ready" + "ended by signal 9\n");
    }

    @Test
    void itEndsWithTheInput() throws Exception {
        start("printf ready; exec sleep 60");
        assertThat(line()).isEqualTo("pcap 5");
        process.getOutputStream().close();

        assertThat(answers()).isEqualTo("ready" + "ended by signal 2\n");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoCantSendAMarkerSaysWhy() throws IOException {
        start("printf ready; exec sleep 60");
        assertThat(line()).isEqualTo("pcap 5");
        ask("mark taplab marker 1");
        ask("end");

        assertThat(answers())
                .isEqualTo("ready" + "unmarked there is no such interface any more\n" + "ended by signal 2\n");
    }

    @Test
    void aProgramThatIsMissingIsSaid() throws IOException {
        process = new ProcessBuilder(CaptureProcess.command("no-such-link", List.of("no-such-program"))).start();

        assertThat(answers()).isEqualTo("""
                        said 43
                        no-such-program: No such file or directory
                        ended with exit code 127
                        """);
    }
}
