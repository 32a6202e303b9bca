package io.github.taplab.internal.ssh;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.ssh.DropbearClient.FileWriter;
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
            return SshClientWords.result(guest.tryRun(
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
}
