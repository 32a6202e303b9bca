package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The guest's side of the shell on a console, in a shell of this machine. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the shell runs in Linux guests")
class ShellScriptTests {

    /** Found: who was interrupted at once stopped nothing, and the command ran on in the guest. */
    @Test
    void whatIsStoppedBeforeItHasBegunDoesNotBegin(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("shell"), ShellScript.guestSide());
        Files.writeString(folder.resolve("script"), "exec sleep 30");
        String commands = """
                session=0 dir=$1
                . "$dir/shell"
                trap - EXIT
                setsid() { until [ -e "$dir/stopped" ]; do sleep 0.1; done; command setsid "$@"; }
                run 7
                stop 7
                : >"$dir/stopped"
                wait
                """;
        Process shell = new ProcessBuilder("/bin/sh", "-c", commands, "sh", folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = Waiting.call("it ends", Duration.ofSeconds(20), () -> {
                try {
                    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(said).isEqualTo("@taplab:0:7:end:137 0 0\n");
        } finally {
            shell.destroyForcibly();
        }
    }
}
