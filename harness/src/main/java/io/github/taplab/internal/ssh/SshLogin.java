package io.github.taplab.internal.ssh;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;
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
    // sshj's words.
    private static final Set<String> END_OF_STREAM =
            Set.of("Broken transport; encountered EOF", "Server closed connection during identification exchange");
    private static final Pattern FAILURE = Pattern.compile("(?m)^taplab: connect: (.*)$");
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^taplab: answer: (rst|icmp \\d+ \\d+) ((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$");
    // ICMP's codes for a network, a host, anything that is forbidden (RFC 1812, 5.2.7.1), and ICMPv6's (RFC 4443, 3.1).
    private static final Set<String> PROHIBITED = Set.of("icmp 3 9", "icmp 3 10", "icmp 3 13", "icmp 1 1");
    private static final int SSH_PORT = 22;
    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final int CONNECT_SECONDS = 5;
    private static final Duration CONNECT_AND_ARP = Duration.ofSeconds(2 * CONNECT_SECONDS);
    private static final String CONNECTED = "taplab: connected";
    // A key exchange takes an emulated guest a fraction of a second, on a busy machine several.
    private static final Duration LOGIN = Duration.ofSeconds(30);

    private SshLogin() {}

    /**
     * How an attempt ended.
     *
     * @param outcome how far it came
     * @param detail what the failing layer said
     * @param refusedBy who sent the refusal, where it is one and was seen to come in
     */
    public record Result(Outcome outcome, String detail, Optional<MacAddress> refusedBy) {

        Result(Outcome outcome, String detail) {
            this(outcome, detail, Optional.empty());
        }

        /** The same, with who refused. */
        public Result refusedBy(MacAddress mac) {
            return new Result(outcome, detail, Optional.of(mac));
        }
    }

    /**
     * The program that connects: it repeats standard input to the address, and says on standard error why it can't.
     *
     * @param nic where an answer that refuses comes in
     */
    static List<String> connector(String nic, InetAddress ip) {
        try (InputStream script = SshLogin.class.getResourceAsStream("connect.pl")) {
            return List.of(
                    "perl",
                    "-e",
                    new String(script.readAllBytes(), StandardCharsets.UTF_8),
                    nic,
                    InterfaceIp.text(ip),
                    Integer.toString(SSH_PORT),
                    Integer.toString(CONNECT_SECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException("connect.pl can't be read", e);
        }
    }

    /**
     * Tries to log in.
     *
     * @param nic of the container
     * @param opener starts a program in the container from which the connection shall come
     */
    public static Result attempt(
            String nic, Function<List<String>, ByteStream> opener, InetAddress ip, SshHost host, SshUser user) {
        try (ByteStream stream = opener.apply(connector(nic, ip))) {
            if (!stream.awaitStderr(CONNECTED, CONNECT_AND_ARP)) {
                return connectFailure(stream.stderr());
            }
            return Waiting.call(
                    "SSH log-in to %s at %s".formatted(host.name(), InterfaceIp.text(ip)),
                    LOGIN,
                    () -> login(stream, ip, host, user));
        } catch (DeadlineExceededException e) {
            return new Result(Outcome.TIMED_OUT, "connected, but no log-in within %d s".formatted(LOGIN.toSeconds()));
        }
    }

    private static Result login(ByteStream stream, InetAddress ip, SshHost host, SshUser user) {
        try (SSHClient ssh = client(stream, host)) {
            try {
                ssh.connect(ip, SSH_PORT);
                ssh.auth(user.name(), method(host, user));
                return new Result(
                        Outcome.CONNECTED, String.valueOf(ssh.getTransport().getServerVersion()));
            } catch (IOException e) {
                Result failure = loginFailure(e, stream.stderr());
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
        Matcher failure = FAILURE.matcher(connector);
        String words = failure.find() ? failure.group(1) : "";
        Matcher answer = ANSWER.matcher(connector);
        Optional<MacAddress> sender = answer.find() ? Optional.of(MacAddress.of(answer.group(2))) : Optional.empty();
        // For what the kernel takes for no route over IPv4.
        if (words.equals("Permission denied") || (sender.isPresent() && PROHIBITED.contains(answer.group(1)))) {
            return new Result(Outcome.PROHIBITED, withSender(words, sender));
        }
        return switch (words) {
            case "Connection refused" -> new Result(Outcome.REFUSED, words, sender);
            // The connection was there, and gone again before the program looked.
            case "Connection reset by peer" -> new Result(Outcome.RESET, withSender(words, sender));
            case "No route to host", "Network is unreachable" ->
                new Result(Outcome.NO_ROUTE, withSender(words, sender));
            case "Connection timed out" -> new Result(Outcome.TIMED_OUT, words);
            default ->
                throw new IllegalStateException(
                        "No connection, in a way that is none of the known outcomes: " + connector.strip());
        };
    }

    private static String withSender(String words, Optional<MacAddress> sender) {
        return words + sender.map(mac -> ", by " + mac).orElse("");
    }

    /** Why a log-in over an established connection failed. */
    static Result loginFailure(IOException e, String connector) {
        // Two machines with one address: the second one knows nothing of the connection and resets it.
        if (connector.contains("Connection reset by peer")) {
            return new Result(Outcome.RESET, errors(connector));
        }
        if (e instanceof SSHException ssh && ssh.getDisconnectReason() == DisconnectReason.HOST_KEY_NOT_VERIFIABLE) {
            return new Result(Outcome.HOST_KEY_MISMATCH, String.valueOf(e.getMessage()));
        }
        // With a cause it is one for which the server's answer never came.
        if (e instanceof UserAuthException && e.getCause() == null) {
            return new Result(Outcome.AUTHENTICATION_FAILED, String.valueOf(e.getMessage()));
        }
        return brokenTransport(e)
                .map(words -> new Result(Outcome.BROKEN_OFF, words))
                .orElseThrow(() -> new IllegalStateException(
                        "SSH broke off in a way that is none of the known outcomes: " + connector.strip(), e));
    }

    // The end of the stream, or what the server said when it closed.
    private static Optional<String> brokenTransport(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String words = String.valueOf(cause.getMessage());
            if (cause instanceof TransportException transport
                    && (END_OF_STREAM.contains(words) || transport.getDisconnectReason() != DisconnectReason.UNKNOWN)) {
                return Optional.of(words);
            }
        }
        return Optional.empty();
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
