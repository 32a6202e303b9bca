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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** Logs in over SSH: the connection is made by a program in a container, the protocol is spoken by this JVM. */
public final class SshLogin {

    private static final Pattern SOCAT_PROBLEM = Pattern.compile(".*] [WE] (.*)");
    private static final int SSH_PORT = 22;
    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final int CONNECT_SECONDS = 5;
    private static final Duration CONNECT_AND_ARP = Duration.ofSeconds(2 * CONNECT_SECONDS);
    private static final String CONNECTED = "successfully connected";
    // A key exchange takes an emulated guest a fraction of a second, on a busy machine several.
    private static final Duration LOGIN = Duration.ofSeconds(30);

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
                "socat",
                "-d",
                "-d",
                "-",
                "TCP:%s:%d,connect-timeout=%d".formatted(bracketed(ip), SSH_PORT, CONNECT_SECONDS));
    }

    /**
     * Tries to log in.
     *
     * @param opener starts a program in the container from which the connection shall come
     */
    public static Result attempt(
            Function<List<String>, ByteStream> opener, InetAddress ip, SshHost host, SshUser user) {
        try (ByteStream stream = opener.apply(connector(ip))) {
            return stream.awaitStderr(CONNECTED, CONNECT_AND_ARP)
                    ? login(stream, ip, host, user)
                    : connectFailure(stream.stderr());
        }
    }

    private static Result login(ByteStream stream, InetAddress ip, SshHost host, SshUser user) {
        AtomicBoolean late = new AtomicBoolean();
        try (SSHClient ssh = client(stream, host)) {
            CompletableFuture.delayedExecutor(LOGIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        late.set(true);
                        stream.abort();
                    });
            try {
                ssh.connect(ip, SSH_PORT);
                ssh.auth(user.name(), method(host, user));
                return new Result(
                        Outcome.CONNECTED, String.valueOf(ssh.getTransport().getServerVersion()));
            } catch (IOException e) {
                // A connection that broke while somebody was logging in is no refusal of what he offered.
                Result failure = loginFailure(e, stream.stderr(), late.get());
                return failure.outcome() == Outcome.AUTHENTICATION_FAILED
                        ? denied(ssh.getUserAuth().getAllowedMethods())
                        : failure;
            }
        } catch (IOException e) {
            throw new IllegalStateException("The SSH connection to " + host.name() + " did not close", e);
        }
    }

    private static AuthMethod method(SshHost host, SshUser user) {
        return user.password()
                .<AuthMethod>map(password -> new AuthPassword(PasswordUtils.createOneOff(password.toCharArray())))
                .orElseGet(
                        () -> new AuthPublickey(new KeyPairWrapper(host.labKey().pair())));
    }

    /** What OpenSSH's client says when it has nothing more to offer. */
    static Result denied(Iterable<String> offered) {
        return new Result(Outcome.AUTHENTICATION_FAILED, "Permission denied (%s)".formatted(String.join(",", offered)));
    }

    private static SSHClient client(ByteStream stream, SshHost host) {
        DefaultConfig config = new DefaultConfig();
        config.setLoggerFactory(Quiet.INSTANCE);
        SSHClient ssh = new SSHClient(config);
        ssh.setSocketFactory(new StreamSocketFactory(stream));
        ssh.addHostKeyVerifier(new OnlyThisKey(host.hostKey()));
        ssh.getTransport().setTimeoutMs((int) LOGIN.toMillis());
        return ssh;
    }

    /** Why the connector did not connect, by its own words. */
    static Result connectFailure(String connector) {
        String words = errors(connector);
        if (words.contains("Connection refused")) {
            return new Result(Outcome.REFUSED, words);
        }
        if (words.contains("No route to host") || words.contains("Network is unreachable")) {
            return new Result(Outcome.NO_ROUTE, words);
        }
        if (words.contains("timed out")) {
            return new Result(Outcome.TIMED_OUT, words);
        }
        throw new IllegalStateException("No connection, in a way that is none of the known outcomes: " + connector);
    }

    /**
     * Why a log-in over an established connection failed.
     *
     * @param late whether the deadline had passed
     */
    static Result loginFailure(IOException e, String connector, boolean late) {
        if (late) {
            return new Result(Outcome.TIMED_OUT, "connected, but no log-in within %d s".formatted(LOGIN.toSeconds()));
        }
        // Two machines with one address: the second one knows nothing of the connection and resets it.
        if (connector.contains("Connection reset")) {
            return new Result(Outcome.REFUSED, errors(connector));
        }
        if (e instanceof SSHException ssh && ssh.getDisconnectReason() == DisconnectReason.HOST_KEY_NOT_VERIFIABLE) {
            return new Result(Outcome.HOST_KEY_MISMATCH, String.valueOf(e.getMessage()));
        }
        if (e instanceof UserAuthException) {
            return new Result(Outcome.AUTHENTICATION_FAILED, String.valueOf(e.getMessage()));
        }
        throw new IllegalStateException("SSH broke off in a way that is none of the known outcomes: " + connector, e);
    }

    // socat's lines: date, time, process, a letter for the severity, text. What failed is in warnings and errors.
    private static String errors(String connector) {
        return connector
                .lines()
                .map(SOCAT_PROBLEM::matcher)
                .filter(Matcher::matches)
                .map(problem -> problem.group(1))
                .collect(Collectors.joining("; "));
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
