package io.github.taplab.internal.ssh.tunnel;

import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** OpenSSH's agent, without keys at first. */
final class Agent implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);

    private final Path socket;
    private final Process process;

    private Agent(Path socket, Process process) {
        this.socket = socket;
        this.process = process;
    }

    static Agent start(Path socket) throws IOException {
        Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Waiting.until("the agent listens", START, () -> Files.exists(socket), Boolean::booleanValue);
        return new Agent(socket, process);
    }

    void add(Path key) throws IOException {
        ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString()).redirectErrorStream(true);
        add.environment().put("SSH_AUTH_SOCK", socket.toString());
        Process adding = add.start();
        adding.getOutputStream().close();
        String said = new String(adding.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!adding.waitFor(START.toSeconds(), TimeUnit.SECONDS) || adding.exitValue() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
