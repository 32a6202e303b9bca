package io.github.taplab.internal.ssh.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in by a real SSH server, and what the others are told. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class SshRefusalsTests {

    private static final String USER = System.getProperty("user.name");
    private static final Duration SOON = Duration.ofSeconds(14);

    @TempDir
    private Path folder;

    private SocketServer engine;
    private Sshd sshd;

    @BeforeEach
    void start() {
        sshd = Sshd.start(folder);
        engine = new SocketServer(folder.resolve("engine"), SocketServer::echo);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        sshd.close();
    }

    private void assertThatItOpens(SshSettings settings) throws IOException {
        SshTunnel.open(sshd.address(engine.path()), settings).close();
    }

    private void assertThatItIsRefused(SshSettings settings, String words, Object... values) {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> SshTunnel.open(sshd.address(engine.path()), settings))
                .isInstanceOf(TunnelException.class)
                .hasMessage(words, values);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    }

    private String fingerprint(String file) {
        return Sshd.run("ssh-keygen", "-l", "-f", file).split(" ", -1)[1];
    }

    @Test
    void aHostThatNobodyKnows() throws IOException {
        Path known = sshd.ssh().resolve("known_hosts");
        Files.delete(known);

        assertThatItIsRefused(
                sshd.settings(),
                "its host key, ssh-ed25519 %s, is not in %s: log in once with ssh -p %d %s@127.0.0.1, and compare the key that it shows",
                fingerprint(folder.resolve("host_ed25519.pub").toString()),
                known,
                sshd.port(),
                USER);
        assertThat(known).doesNotExist();
    }

    @Test
    void aHostWithAnotherKey() throws IOException {
        Sshd.key(folder.resolve("other"), "ed25519", "");
        sshd.know("ed25519", Files.readString(folder.resolve("other.pub")));

        assertThatItIsRefused(
                sshd.settings(),
                "its host key, ssh-ed25519 %1$s, is another one than %2$s has for it, so it may be another machine: if it is known to have a new one, forget the old one with ssh-keygen -f %2$s -R '[127.0.0.1]:%3$d', and log in once with ssh -p %3$d %4$s@127.0.0.1",
                fingerprint(folder.resolve("host_ed25519.pub").toString()),
                sshd.ssh().resolve("known_hosts"),
                sshd.port(),
                USER);
    }

    /** The server has one of another kind too, which it would rather show. */
    @Test
    void aHostOfWhichOneKeyIsKnown() throws IOException {
        sshd.know("rsa");

        assertThatItOpens(sshd.settings());
    }

    @Test
    void aHostWhoseNameIsHashed() throws IOException {
        Sshd.run(
                "ssh-keygen",
                "-q",
                "-H",
                "-f",
                sshd.ssh().resolve("known_hosts").toString());
        assertThat(sshd.ssh().resolve("known_hosts")).content().startsWith("|1|");

        assertThatItOpens(sshd.settings());
    }

    @Test
    void aUserWithoutKeys() throws IOException {
        Files.delete(sshd.ssh().resolve("id_ed25519"));

        assertThatItIsRefused(
                sshd.settings(),
                "%s is not let in: SSH_AUTH_SOCK names no agent, and %s has none of id_ed25519, id_ecdsa, id_rsa",
                USER,
                sshd.ssh());
    }

    @Test
    void aUserWithOtherKeys() throws IOException {
        Files.writeString(sshd.authorizedKeys(), "");
        Sshd.key(sshd.ssh().resolve("id_rsa"), "rsa", "");

        assertThatItIsRefused(
                sshd.settings(),
                "%1$s is not let in: none of these keys was taken, and one has to be in the authorized_keys there: %2$s/id_ed25519, %2$s/id_rsa",
                USER,
                sshd.ssh());
    }

    private void lock() throws IOException {
        Path key = sshd.ssh().resolve("id_ed25519");
        Sshd.run("ssh-keygen", "-q", "-p", "-P", "", "-N", "a secret", "-f", key.toString());
    }

    @Test
    void aKeyWithAPassphrase() throws IOException {
        lock();

        assertThatItIsRefused(
                sshd.settings(),
                "%1$s is not let in: %2$s has a passphrase: give it to an agent with ssh-add %2$s",
                USER,
                sshd.ssh().resolve("id_ed25519"));
    }

    @Test
    void aKeyFileThatIsNone() throws IOException {
        Files.writeString(sshd.ssh().resolve("id_ed25519"), "nothing\n");

        assertThatThrownBy(() -> SshTunnel.open(sshd.address(engine.path()), sshd.settings()))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith(
                        "%s is not let in: %s can't be read (", USER, sshd.ssh().resolve("id_ed25519"));
    }

    @Test
    void anAgentThatIsNotThere() throws IOException {
        Files.delete(sshd.ssh().resolve("id_ed25519"));
        Path nowhere = folder.resolve("no-agent");

        assertThatItIsRefused(
                new SshSettings(sshd.ssh(), Optional.of(nowhere), USER),
                "%s is not let in: the agent at SSH_AUTH_SOCK=%s does not answer (No such file or directory)",
                USER,
                nowhere);
    }

    /** What an agent holds needs no file, and one that is locked does no harm. */
    @Test
    void anAgentSignsWithEachKindOfKey() throws IOException {
        lock();
        try (Agent agent = Agent.start(folder.resolve("agent"))) {
            SshSettings settings = new SshSettings(sshd.ssh(), Optional.of(agent.socket()), USER);
            assertThatItIsRefused(
                    settings,
                    "%s is not let in: the agent at %s has none: ssh-add gives it some; %3$s has a passphrase: give it to an agent with ssh-add %3$s",
                    USER,
                    agent.socket(),
                    sshd.ssh().resolve("id_ed25519"));
            for (String type : new String[] {"ed25519", "rsa", "ecdsa"}) {
                Path key = folder.resolve("agents_" + type);
                Sshd.key(key, type, "");
                agent.add(key);
                Files.copy(
                        folder.resolve("agents_" + type + ".pub"),
                        sshd.authorizedKeys(),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

                assertThatItOpens(settings);
            }
        }
    }

    @Test
    void noEngineThere() throws IOException {
        engine.close();
        Files.delete(engine.path());

        assertThatItIsRefused(
                sshd.settings(),
                "its SSH server opens no connection to %s (open failed): an engine has to listen there, %s has to be allowed to use its socket, and sshd_config needs AllowStreamLocalForwarding",
                engine.path(),
                USER);
    }

    @Test
    void noServerThere() {
        sshd.stopListening();

        assertThatItIsRefused(sshd.settings(), "Connection refused");
    }

    @Test
    void noSuchHost() {
        assertThatThrownBy(() -> SshTunnel.open(URI.create("ssh://host.invalid"), sshd.settings()))
                .isInstanceOf(TunnelException.class)
                .hasMessage("no such host");
    }
}
