package io.github.taplab.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Shell;
import io.github.taplab.node.SshAttempt.Outcome;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientInGuestTests {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CompletableFuture<CommandResult> client = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final AtomicInteger looks = new AtomicInteger();

    /** A guest whose client runs until the test says so, and whose kernel has this in its table of connections. */
    private Shell guest(String table, Runnable look) {
        return (deadline, argv) -> {
            if (argv[0].equals("cat")) {
                look.run();
                return result(argv[1].equals("/proc/net/tcp6") == table.contains("706174FD") ? table : "");
            }
            try {
                return Waiting.joined("the client ends", LONG, client);
            } finally {
                ended.complete(argv[0]);
            }
        };
    }

    private static CommandResult result(String stdout) {
        return new CommandResult("left", List.of("dbclient"), 0, stdout, "", Duration.ZERO);
    }

    private static SshLogin.Result run(Shell guest, String ip) {
        return run(guest, ip, SOON);
    }

    private static SshLogin.Result run(Shell guest, String ip, Duration looks) {
        InetAddress address = InterfaceIp.of(ip + "/24").ip();
        return Waiting.call(
                "the attempt ends",
                LONG,
                () -> new ClientInGuest(guest, address, looks, looks).run("dbclient", "true"));
    }

    private static String line(String remote, String state, String repeated) {
        return """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
                   1: 0109A8C0:9C40 %s %s 00000001:00000000 01:00000064 %s     0        0 2 1 0
                """.formatted(remote, state, repeated);
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.9.5, 050912C6:0016",
        "fd74:6170:6c62::5, 706174FD0000626C0000000005000000:0016",
    })
    void whomNobodyAnswersIsKnownByTheKernel(String ip, String remote) {
        SshLogin.Result result = run(guest(line(remote, "02", "00000002"), looks::incrementAndGet), ip);

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.detail()).isEqualTo("no answer to the first 3 questions of TCP");
        assertThat(Waiting.joined("the client is ended", LONG, ended)).isEqualTo("dbclient");
    }

    @ParameterizedTest
    @CsvSource({
        // Connected; asked twice; another address, and another port.
        "050912C6:0016, 01, 00000002",
        "050912C6:0016, 02, 00000001",
        "060912C6:0016, 02, 00000002",
        "050912C6:0050, 02, 00000002",
    })
    void allOthersHaveTimeForTheirLogIn(String remote, String state, String repeated) {
        Shell guest = guest(line(remote, state, repeated), () -> {
            if (looks.incrementAndGet() == 3) {
                client.complete(result(""));
            }
        });

        assertThat(run(guest, "198.18.9.5").outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(looks.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aLogInThatTakesTooLongIsOne() {
        client.completeExceptionally(new DeadlineExceededException("dbclient still ran"));

        SshLogin.Result result = run(guest("", looks::incrementAndGet), "198.18.9.5", LONG);

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.detail()).isEqualTo("no log-in within 30 s");
        assertThat(looks).hasValue(0);
    }
}
