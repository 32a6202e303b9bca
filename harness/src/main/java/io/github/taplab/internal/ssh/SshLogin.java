package io.github.taplab.internal.ssh;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.ssh.tunnel.QuietLoggers;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** Logs in over SSH: the connection is made by a program in a container, the protocol is spoken by this JVM. */
public final class SshLogin {

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
     * Tries to log in.
     *
     * @param nic of the container
     * @param opener starts a program in the container from which the connection shall come
     */
    public static Result attempt(
            String nic, Function<List<String>, ByteStream> opener, InetAddress ip, SshHost host, SshUser user) {
        try (ByteStream stream = opener.apply(Connector.argv(nic, ip))) {
            if (!stream.awaitStderr(Connector.CONNECTED, Connector.LONGEST)) {
                return Connector.failure(stream.stderr());
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
                ssh.connect(ip, Connector.SSH_PORT);
                ssh.auth(user.name(), method(host, user));
                return new Result(
                        Outcome.CONNECTED, String.valueOf(ssh.getTransport().getServerVersion()));
            } catch (IOException e) {
                Result failure = LoginFailure.of(e, stream.stderr());
                return failure.outcome() == Outcome.AUTHENTICATION_FAILED
                        ? LoginFailure.denied(ssh.getUserAuth().getAllowedMethods())
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

    private static SSHClient client(ByteStream stream, SshHost host) {
        DefaultConfig config = new DefaultConfig();
        config.setLoggerFactory(QuietLoggers.INSTANCE);
        SSHClient ssh = new SSHClient(config);
        ssh.setSocketFactory(new StreamSocketFactory(stream));
        ssh.addHostKeyVerifier(new OnlyThisKey(host.hostKey()));
        ssh.getTransport().setTimeoutMs((int) LOGIN.toMillis());
        return ssh;
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
}
