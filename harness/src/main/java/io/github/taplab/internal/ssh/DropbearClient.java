package io.github.taplab.internal.ssh;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import io.github.taplab.node.Shell;
import io.github.taplab.node.SshAttempt.Outcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Logs in from a guest, with dropbear's client there: no stream leads through a guest without its network, so the
 * protocol can't be spoken by this JVM.
 */
public final class DropbearClient {

    private static final String KEY = "/root/.ssh/id_dropbear";
    private static final String KNOWN_HOSTS = "/root/.ssh/known_hosts";
    // A SYN is repeated after 1, 3 and 7 s; a key exchange between two emulated guests takes seconds on a busy machine.
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private DropbearClient() {}

    /** Puts a file into the guest that the client runs in. */
    @FunctionalInterface
    public interface FileWriter {

        void write(String path, byte[] content);
    }

    /** Tries to log in as root. */
    public static SshLogin.Result attempt(Shell guest, FileWriter files, InetAddress ip, SshHost host) {
        files.write(KEY, host.labKey().dropbearFormat());
        files.write(KNOWN_HOSTS, host.hostKey().knownHostsLine(ip).getBytes(StandardCharsets.US_ASCII));
        try {
            return result(guest.tryRun(DEADLINE, "dbclient", "-T", "-i", KEY, "root@" + ip.getHostAddress(), "true"));
        } catch (DeadlineExceededException e) {
            return new SshLogin.Result(Outcome.TIMED_OUT, "no log-in within %d s".formatted(DEADLINE.toSeconds()));
        }
    }

    /** What the client's words mean. */
    static SshLogin.Result result(CommandResult dbclient) {
        String words = dbclient.stderr().strip();
        if (dbclient.succeeded()) {
            return new SshLogin.Result(Outcome.CONNECTED, words);
        }
        if (words.contains("Connection refused") || words.contains("Connection reset")) {
            return new SshLogin.Result(Outcome.REFUSED, words);
        }
        if (words.contains("No route to host")
                || words.contains("Host is unreachable")
                || words.contains("Network is unreachable")) {
            return new SshLogin.Result(Outcome.NO_ROUTE, words);
        }
        if (words.contains("timed out")) {
            return new SshLogin.Result(Outcome.TIMED_OUT, words);
        }
        if (words.contains("ost key mismatch")) {
            return new SshLogin.Result(Outcome.HOST_KEY_MISMATCH, words);
        }
        if (words.contains("No auth methods could be used") || words.contains("Permission denied")) {
            return new SshLogin.Result(Outcome.AUTHENTICATION_FAILED, words);
        }
        throw new IllegalStateException(
                "SSH broke off in a way that is none of the known outcomes: " + dbclient.describe());
    }
}
