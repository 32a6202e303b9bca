package io.github.taplab.internal.ssh;

import io.github.taplab.node.SshAttempt.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;

/** What a log-in means that sshj says failed, on a connection that was there. */
final class LoginFailure {

    // sshj's words.
    private static final Set<String> END_OF_STREAM =
            Set.of("Broken transport; encountered EOF", "Server closed connection during identification exchange");

    private LoginFailure() {}

    /** What OpenSSH's client says when it has nothing more to offer. */
    static SshLogin.Result denied(Iterable<String> offered) {
        return new SshLogin.Result(
                Outcome.AUTHENTICATION_FAILED, "Permission denied (%s)".formatted(String.join(",", offered)));
    }

    /**
     * Why it failed.
     *
     * @param connector what the program said that holds the connection
     */
    static SshLogin.Result of(IOException e, String connector) {
        // Two machines with one address: the second one knows nothing of the connection and resets it.
        if (connector.contains("Connection reset by peer")) {
            return new SshLogin.Result(Outcome.RESET, Connector.problems(connector));
        }
        if (e instanceof SSHException ssh && ssh.getDisconnectReason() == DisconnectReason.HOST_KEY_NOT_VERIFIABLE) {
            return new SshLogin.Result(Outcome.HOST_KEY_MISMATCH, String.valueOf(e.getMessage()));
        }
        // With a cause it is one for which the server's answer never came.
        if (e instanceof UserAuthException && e.getCause() == null) {
            return new SshLogin.Result(Outcome.AUTHENTICATION_FAILED, String.valueOf(e.getMessage()));
        }
        return brokenTransport(e)
                .map(words -> new SshLogin.Result(Outcome.BROKEN_OFF, words))
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
}
