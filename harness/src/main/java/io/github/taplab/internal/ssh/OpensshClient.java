package io.github.taplab.internal.ssh;

import io.github.taplab.internal.ssh.DropbearClient.FileWriter;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import io.github.taplab.node.Shell;
import io.github.taplab.node.SshAttempt.Outcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Logs in from a guest that has OpenSSH's client. */
public final class OpensshClient {

    private static final String KEY = "/root/.ssh/id_taplab";
    private static final String KNOWN_HOSTS = "/root/.ssh/known_hosts_taplab";
    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final String CONNECT_SECONDS = "5";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private OpensshClient() {}

    /** Tries to log in as root. */
    public static SshLogin.Result attempt(Shell guest, FileWriter files, InetAddress ip, SshHost host) {
        guest.run("install", "-m", "0600", "/dev/null", KEY);
        files.write(KEY, host.labKey().opensshFormat().getBytes(StandardCharsets.US_ASCII));
        files.write(KNOWN_HOSTS, host.hostKey().knownHostsLine(ip).getBytes(StandardCharsets.US_ASCII));
        try {
            return result(guest.tryRun(
                    DEADLINE,
                    "ssh",
                    "-T",
                    "-i",
                    KEY,
                    "-o",
                    "BatchMode=yes",
                    "-o",
                    "IdentitiesOnly=yes",
                    "-o",
                    "StrictHostKeyChecking=yes",
                    "-o",
                    "UserKnownHostsFile=" + KNOWN_HOSTS,
                    "-o",
                    "ConnectTimeout=" + CONNECT_SECONDS,
                    "root@" + ip.getHostAddress(),
                    "true"));
        } catch (DeadlineExceededException e) {
            return new SshLogin.Result(Outcome.TIMED_OUT, "no log-in within %d s".formatted(DEADLINE.toSeconds()));
        }
    }

    /** What the client's words mean. */
    static SshLogin.Result result(CommandResult ssh) {
        String words = ssh.stderr().strip();
        if (ssh.succeeded()) {
            return new SshLogin.Result(Outcome.CONNECTED, words);
        }
        if (words.contains("Connection refused") || words.contains("Connection reset")) {
            return new SshLogin.Result(Outcome.REFUSED, words);
        }
        if (words.contains("No route to host") || words.contains("Network is unreachable")) {
            return new SshLogin.Result(Outcome.NO_ROUTE, words);
        }
        if (words.contains("timed out")) {
            return new SshLogin.Result(Outcome.TIMED_OUT, words);
        }
        if (words.contains("Host key verification failed")) {
            return new SshLogin.Result(Outcome.HOST_KEY_MISMATCH, words);
        }
        if (words.contains("Permission denied")) {
            return new SshLogin.Result(Outcome.AUTHENTICATION_FAILED, words);
        }
        throw new IllegalStateException("SSH broke off in a way that is none of the known outcomes: " + ssh.describe());
    }
}
