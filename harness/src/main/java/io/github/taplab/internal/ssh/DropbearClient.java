package io.github.taplab.internal.ssh;

import io.github.taplab.command.DeadlineExceededException;
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
            return SshClientWords.result(
                    guest.tryRun(DEADLINE, "dbclient", "-T", "-i", KEY, "root@" + ip.getHostAddress(), "true"));
        } catch (DeadlineExceededException e) {
            return new SshLogin.Result(Outcome.TIMED_OUT, "no log-in within %d s".formatted(DEADLINE.toSeconds()));
        }
    }
}
