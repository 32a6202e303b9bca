package io.github.taplab.internal.ssh;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Shell;
import io.github.taplab.node.SshAttempt.Outcome;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An SSH client while it runs in a guest. Whether anybody has answered TCP is asked of the guest's kernel: where nobody
 * has, that is soon known; but a log-in between two emulated guests takes many seconds on a busy machine.
 */
final class ClientInGuest {

    private static final Duration LOGIN = Duration.ofSeconds(30);
    // A SYN is repeated after 1 and 3 s, so three questions fit.
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int QUESTIONS = 3;

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int SSH_PORT = 22;
    private static final String SYN_SENT = "02";

    private final Shell guest;
    private final InetAddress ip;
    private final Duration connect;
    private final Duration again;

    ClientInGuest(Shell guest, InetAddress ip) {
        this(guest, ip, CONNECT, AGAIN);
    }

    /**
     * A client that does not run yet.
     *
     * @param connect until the kernel is asked for the first time
     * @param again until it is asked once more
     */
    ClientInGuest(Shell guest, InetAddress ip, Duration connect, Duration again) {
        this.guest = guest;
        this.ip = ip;
        this.connect = connect;
        this.again = again;
    }

    /** Runs it until it ends, nobody has answered, or the log-in has taken too long. */
    SshLogin.Result run(String... client) {
        // Leaving it ends the client, where that still runs.
        try (Beside<CommandResult> running = Beside.begin("taplab-" + client[0], () -> guest.tryRun(LOGIN, client))) {
            return result(client[0], running.result());
        }
    }

    private SshLogin.Result result(String client, CompletableFuture<CommandResult> ended) {
        Duration next = connect;
        while (true) {
            // Before it is waited for: one that ends in that moment is waited for once more, and has its own end then.
            boolean hasEnded = ended.isDone();
            try {
                return SshClientWords.result(Waiting.joined(client + " ends", next, ended));
            } catch (DeadlineExceededException e) {
                if (hasEnded) {
                    return new SshLogin.Result(Outcome.TIMED_OUT, "no log-in within %d s".formatted(LOGIN.toSeconds()));
                }
                if (!ended.isDone() && isUnanswered()) {
                    return new SshLogin.Result(
                            Outcome.TIMED_OUT, "no answer to the first %d questions of TCP".formatted(QUESTIONS));
                }
                next = again;
            }
        }
    }

    /** Whether the kernel waits for the answer to a SYN that it has sent as many times. */
    private boolean isUnanswered() {
        String table = ip instanceof Inet6Address ? "/proc/net/tcp6" : "/proc/net/tcp";
        String remote = "%s:%04X".formatted(hex(), SSH_PORT);
        CommandResult said;
        try {
            said = guest.tryRun("cat", table);
        } catch (DeadlineExceededException e) {
            // A console runs one command at a time.
            return false;
        }
        // sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt (proc_net_tcp.rst)
        return said.stdout()
                .lines()
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(words -> words.size() > 6 && words.get(2).equals(remote))
                .anyMatch(
                        words -> words.get(3).equals(SYN_SENT) && Integer.parseInt(words.get(6), 16) >= QUESTIONS - 1);
    }

    /** As the kernel writes it: words of 32 bits, each in the order of bytes of the guest, which is little-endian. */
    private String hex() {
        ByteBuffer words = ByteBuffer.wrap(ip.getAddress()).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder hex = new StringBuilder();
        while (words.hasRemaining()) {
            hex.append("%08X".formatted(words.getInt()));
        }
        return hex.toString();
    }
}
