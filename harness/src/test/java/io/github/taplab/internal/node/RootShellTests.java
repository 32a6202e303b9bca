package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.spec.InterfaceIp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a guest's shell is told, by a shell of this machine whose {@code ip} only writes down what it was called with.
 */
@DisabledOnOs(OS.WINDOWS)
class RootShellTests {

    private static final InterfaceIp IP = InterfaceIp.of("198.18.0.5/24");

    private Path folder = Path.of("");

    private final RootShell shell = new RootShell() {

        @Override
        public CommandResult tryRun(Duration deadline, String... argv) {
            return ran(argv);
        }

        @Override
        public void writeFile(String path, byte[] content) {
            throw new UnsupportedOperationException();
        }
    };

    private CommandResult ran(String... argv) {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("PATH", folder.toString());
        builder.environment().put("CALLS", calls().toString());
        try {
            Process process = builder.start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult("db", List.of(argv), process.exitValue(), "", said, Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path calls() {
        return folder.resolve("calls");
    }

    @BeforeEach
    void install(@TempDir Path empty) throws IOException {
        folder = empty;
        Path ip = folder.resolve("ip");
        // As ip does with an address that is there already.
        Files.writeString(ip, """
                #!/bin/sh
                echo "$*" >>"$CALLS"
                case "$*" in *198.18.0.6*) echo "RTNETLINK answers: File exists" >&2; exit 2 ;; esac
                """);
        assertThat(ip.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void anAddressAndADefaultRouteAreOneCommand() {
        shell.addAddress("ens4", IP, Optional.of(InterfaceIp.ip("198.18.0.1")));

        assertThat(calls())
                .hasContent("address add 198.18.0.5/24 dev ens4\n-4 route add default via 198.18.0.1 dev ens4\n");
    }

    @Test
    void withoutARouterThereIsNoRoute() {
        shell.addAddress("ens4", IP, Optional.empty());

        assertThat(calls()).hasContent("address add 198.18.0.5/24 dev ens4\n");
    }

    @Test
    void whatIpRefusesIsAnErrorAndThereIsNoRoute() {
        InterfaceIp there = InterfaceIp.of("198.18.0.6/24");

        assertThatThrownBy(() -> shell.addAddress("ens4", there, Optional.of(InterfaceIp.ip("198.18.0.1"))))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("RTNETLINK answers: File exists");
        assertThat(calls()).hasContent("address add 198.18.0.6/24 dev ens4\n");
    }
}
