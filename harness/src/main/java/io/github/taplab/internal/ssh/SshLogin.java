package io.github.taplab.internal.ssh;

import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.node.SshAttempt.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** Logs in over SSH: the connection is made by a program in a container, the protocol is spoken by this JVM. */
public final class SshLogin {

    private static final int SSH_PORT = 22;
    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final int CONNECT_SECONDS = 5;
    // A key exchange takes an emulated guest a second, on a busy machine several.
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private SshLogin() {}

    /**
     * How an attempt ended.
     *
     * @param outcome how far it came
     * @param detail what the failing layer said
     */
    public record Result(Outcome outcome, String detail) {}

    /** The program that connects: it repeats standard input to the address, and says on standard error why it can't. */
    static List<String> connector(InetAddress ip) {
        return List.of(
                "socat", "-d", "-", "TCP:%s:%d,connect-timeout=%d".formatted(bracketed(ip), SSH_PORT, CONNECT_SECONDS));
    }

    /**
     * Tries to log in as root.
     *
     * @param opener starts a program in the container from which the connection shall come
     */
    public static Result attempt(Function<List<String>, ByteStream> opener, InetAddress ip, SshHost host) {
        AtomicBoolean late = new AtomicBoolean();
        try (ByteStream stream = opener.apply(connector(ip));
                SSHClient ssh = client(stream, host)) {
            CompletableFuture.delayedExecutor(WHOLE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        late.set(true);
                        stream.abort();
                    });
            try {
                ssh.connect(ip, SSH_PORT);
                ssh.auth("root", method(host));
                return new Result(
                        Outcome.CONNECTED, String.valueOf(ssh.getTransport().getServerVersion()));
            } catch (IOException e) {
                return failure(e, stream.stderr(), late.get());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The SSH connection to " + host.name() + " did not close", e);
        }
    }

    private static AuthMethod method(SshHost host) {
        return new AuthPublickey(new KeyPairWrapper(host.labKey().pair()));
    }

    private static SSHClient client(ByteStream stream, SshHost host) {
        DefaultConfig config = new DefaultConfig();
        config.setLoggerFactory(Quiet.INSTANCE);
        SSHClient ssh = new SSHClient(config);
        ssh.setSocketFactory(new StreamSocketFactory(stream));
        ssh.addHostKeyVerifier(new OnlyThisKey(host.hostKey()));
        ssh.getTransport().setTimeoutMs((int) WHOLE.toMillis());
        return ssh;
    }

    /** What a failed attempt was: the connector's words come first, since it fails before SSH has begun. */
    static Result failure(IOException e, String connector, boolean late) {
        String words = connector.isBlank() ? String.valueOf(e.getMessage()) : connector.strip();
        if (late || connector.contains("timed out")) {
            return new Result(Outcome.TIMED_OUT, words);
        }
        if (connector.contains("Connection refused") || connector.contains("Connection reset")) {
            return new Result(Outcome.REFUSED, words);
        }
        if (connector.contains("No route to host") || connector.contains("Network is unreachable")) {
            return new Result(Outcome.NO_ROUTE, words);
        }
        if (e instanceof SSHException ssh && ssh.getDisconnectReason() == DisconnectReason.HOST_KEY_NOT_VERIFIABLE) {
            return new Result(Outcome.HOST_KEY_MISMATCH, words);
        }
        if (e instanceof UserAuthException) {
            return new Result(Outcome.AUTHENTICATION_FAILED, words);
        }
        throw new IllegalStateException("SSH broke off in a way that is none of the known outcomes: " + words, e);
    }

    private static String bracketed(InetAddress ip) {
        String literal = ip.getHostAddress();
        return literal.contains(":") ? "[" + literal + "]" : literal;
    }

    /** Accepts the one key that was read from the guest out of band. */
    private record OnlyThisKey(HostKey known) implements HostKeyVerifier {

        @Override
        public boolean verify(String hostname, int port, PublicKey offered) {
            return known.is(offered);
        }

        @Override
        public List<String> findExistingAlgorithms(String hostname, int port) {
            return List.of(known.algorithm());
        }
    }

    /** sshj logs refused log-ins as errors; here they are results. */
    private enum Quiet implements LoggerFactory {
        INSTANCE;

        @Override
        public Logger getLogger(String name) {
            return NOPLogger.NOP_LOGGER;
        }

        @Override
        public Logger getLogger(Class<?> type) {
            return NOPLogger.NOP_LOGGER;
        }
    }
}
