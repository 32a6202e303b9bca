package io.github.taplab.internal.ssh.tunnel;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's own SSH server on a free port of the loopback interface, with keys of its own, and a home of a user whom it
 * lets in.
 */
public final class Sshd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    // Debian's service makes it, and root's server wants it.
    private static final Path EMPTY = Path.of("/run/sshd");
    private static final Duration START = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;
    private static final String USER = System.getProperty("user.name");

    private final Path folder;
    private final int port;
    private final Process process;

    private Sshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one. Where there is none the test is skipped, or fails with {@code taplab.required=true}.
     *
     * @param folder an empty one
     * @param options lines of {@code sshd_config} that come first, and so win
     */
    public static Sshd start(Path folder, String... options) {
        if (!Files.isExecutable(PROGRAM)) {
            if (GivenSettings.read().required()) {
                throw new AssertionError("There is no sshd, and taplab.required=true");
            }
            Assumptions.abort("there is no " + PROGRAM);
        }
        try {
            Path ssh = Files.createDirectories(folder.resolve("home/.ssh"));
            key(folder.resolve("host_ed25519"), "ed25519", "");
            key(folder.resolve("host_rsa"), "rsa", "");
            key(ssh.resolve("id_ed25519"), "ed25519", "");
            Files.copy(ssh.resolve("id_ed25519.pub"), folder.resolve("authorized_keys"));
            Sshd sshd = listening(folder, options);
            sshd.know("ed25519");
            return sshd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A port that is free may be somebody else's when sshd takes it.
    private static Sshd listening(Path folder, String... options) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = freePort();
            Sshd sshd = new Sshd(folder, port, started(folder, port, options));
            String log = Waiting.until(
                    "sshd listens",
                    START,
                    sshd::log,
                    said -> said.contains("Server listening on 127.0.0.1") || said.contains("Address already in use"));
            if (log.contains("Server listening on 127.0.0.1")) {
                return sshd;
            }
            sshd.close();
        }
        throw new AssertionError("%d ports that were free were taken before sshd had them".formatted(ATTEMPTS));
    }

    private static Process started(Path folder, int port, String... options) throws IOException {
        List<String> config = new ArrayList<>(List.of(options));
        config.addAll(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + folder.resolve("host_ed25519"),
                "HostKey " + folder.resolve("host_rsa"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin yes",
                // Of shells and the like, and none of them is wanted.
                "MaxSessions 0"));
        Path file = Files.write(folder.resolve("sshd_config"), config);
        if (USER.equals("root")) {
            Files.createDirectories(EMPTY);
        }
        return new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Makes a key pair. */
    static void key(Path file, String type, String passphrase) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase));
        if (type.equals("rsa")) {
            // Longer ones take a busy machine seconds.
            command.addAll(List.of("-b", "2048"));
        }
        command.addAll(List.of("-f", file.toString()));
        run(command.toArray(String[]::new));
    }

    /** Runs a command of OpenSSH, and returns what it has printed. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Writes {@code known_hosts}, with the host's key of this type and no other. */
    void know(String type) throws IOException {
        know(type, Files.readString(folder.resolve("host_" + type + ".pub")));
    }

    void know(String type, String key) throws IOException {
        Files.writeString(ssh().resolve("known_hosts"), "[127.0.0.1]:%d %s".formatted(port, key));
    }

    /** The folder that {@code user.home} may name. */
    public Path home() {
        return folder.resolve("home");
    }

    Path ssh() {
        return home().resolve(".ssh");
    }

    Path authorizedKeys() {
        return folder.resolve("authorized_keys");
    }

    int port() {
        return port;
    }

    /** What its user has, and no agent. */
    SshSettings settings() {
        return new SshSettings(ssh(), Optional.empty(), USER);
    }

    /** Where a socket is behind it. */
    public URI address(Path socket) {
        return URI.create("ssh://%s@127.0.0.1:%d%s".formatted(USER, port, socket));
    }

    /** The way to a socket. */
    public SshTunnel tunnel(Path socket) throws IOException {
        return SshTunnel.open(address(socket), settings());
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all connections; new ones are taken. */
    public void cut() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** The connections stay, and nobody serves them. */
    void fallSilent() {
        List<String> command = new ArrayList<>(List.of("kill", "-STOP"));
        process.descendants().map(session -> Long.toString(session.pid())).forEach(command::add);
        run(command.toArray(String[]::new));
    }

    /** No new connection is taken. */
    void stopListening() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        List<ProcessHandle> sessions = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        sessions.forEach(ProcessHandle::destroyForcibly);
    }
}
