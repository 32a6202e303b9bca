package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;
import static io.github.taplab.assertions.LabAssertions.catchThrowable;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.SshAttempt;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of a ping, a log-in, a page, is what happened on the wire: seen from a container and from a guest. */
@LabContainer(internet = "www.example.com")
@MacvtapVm
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; what is undone is so as long as the block lasts.
class OutcomesLabTests {

    // For documentation (RFC 5737): only in routing tables here, nothing is sent beyond the gateway.
    private static final InetAddress ELSEWHERE = InterfaceIp.ip("192.0.2.1");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String PID_FILE = "/run/server.pid";
    // PORT HOW: takes connections, and resets them at once, or later; or closes them; or lets them lie.
    private static final String SERVER = """
            use Socket;
            socket my $server, AF_INET, SOCK_STREAM, 0 or die;
            setsockopt $server, SOL_SOCKET, SO_REUSEADDR, 1;
            bind $server, pack_sockaddr_in(%1$d, INADDR_ANY) or die "bind: $!";
            listen $server, 5;
            open my $pid, ">", "/run/server.pid" or die;
            print $pid $$;
            close $pid;
            sleep 600 if "%2$s" eq "lie";
            while (accept my $peer, $server) {
              syswrite $peer, "SSH-2.0-server\\r\\n" if "%2$s" eq "reset-later" && %1$d == 22;
              sysread $peer, my $first, 4096 if "%2$s" eq "reset-later";
              if ("%2$s" eq "close") {
                shutdown $peer, 1;
                while (sysread $peer, my $rest, 4096) {}
              } else {
                setsockopt $peer, SOL_SOCKET, SO_LINGER, pack "ii", 1, 0;
              }
              close $peer;
            }
            """;

    @FromLab
    static Lab lab;

    private static Node node(String name) {
        return name.equals("guest") ? lab.guest() : lab.gateway();
    }

    private static Undo server(Client client, int port, String how) {
        client.sh("rm -f %s; perl -e '%s' >/dev/null 2>&1 &".formatted(PID_FILE, SERVER.formatted(port, how)));
        String pid = Waiting.until(
                "a server listens", SOON, () -> client.tryRun("cat", PID_FILE).text(), found -> !found.isEmpty());
        return () -> {
            client.sh("kill " + pid);
            Waiting.until(
                    "the server is gone",
                    SOON,
                    () -> client.run("ss", "-H", "-ltn", "sport = :" + port).text(),
                    String::isEmpty);
        };
    }

    @Test
    void aPingIsUnreachableAccordingToWhoSaysSo(Lab lab, Client client, Gateway gateway) {
        assertThat(client.ping(ELSEWHERE)).isNotAnswered().isUnreachable().isUnreachableAccordingTo(gateway.ip());
        assertThat(client.ping(lab.subnet().host(250))).isNotAnswered().isUnreachableAccordingTo(client.ip());
        assertThatThrownBy(() -> assertThat(client.ping(ELSEWHERE)).isUnreachableAccordingTo(client.ip()))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)Ping from client to 192\\.0\\.2\\.1\\R"
                        + "  expected: unreachable according to %s\\R"
                                .formatted(client.ip().getHostAddress())
                        + "  found:    unreachable: 0 replies to \\d requests, and \"Destination Net Unreachable\" from"
                        + " %s\\R  look at:  PING .*".formatted(gateway.ip().getHostAddress()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "guest"})
    void aPingIsSilentWhoseReplyIsKeptBack(String name, Client client) {
        Node node = node(name);
        assertThat(node).reaches(client.ip());

        client.run(
                "nft",
                "add table inet outcomes; add chain inet outcomes in"
                        + " { type filter hook input priority 0; };"
                        + " add rule inet outcomes in icmp type echo-request drop");
        try {
            assertThat(node.ping(client.ip())).isNotAnswered().isSilent();
        } finally {
            client.run("nft", "delete table inet outcomes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "prohibit"})
    void aPingWithoutARouteIsNoneThatIsNotAnswered(String kind) {
        for (String name : new String[] {"gateway", "guest"}) {
            Node node = node(name);
            node.run("ip", "route", "add", kind, "192.0.2.1");
            try {
                assertThat(node.ping(ELSEWHERE)).hadNoRoute();
                assertThatThrownBy(() -> assertThat(node).doesNotReach(ELSEWHERE))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContainingAll(
                                "Ping from %s to 192.0.2.1".formatted(name),
                                "expected: no reply to requests that were sent",
                                "found:    no route: 0 replies to 0 requests");
            } finally {
                node.run("ip", "route", "delete", kind, "192.0.2.1");
            }
        }
    }

    @Test
    void whoRefusesALogInIsSeenOnTheWire(Launcher launcher, Guest guest, Client client) {
        assertThat(client.ssh(guest, launcher.ip())).isRefusedBy(launcher.mac());
        assertThatThrownBy(() -> assertThat(client.ssh(guest, launcher.ip())).isRefusedBy(guest.mac()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        "SSH from client to guest at " + launcher.ip().getHostAddress(),
                        "expected: refused by " + guest.mac(),
                        "found:    refused by %s after ".formatted(launcher.mac()));
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, reset, RESET",
        "gateway, reset-later, RESET",
        "gateway, close, BROKEN_OFF",
        "guest, reset-later, RESET",
        "guest, close, BROKEN_OFF"
    })
    void aLogInThatBreaksIsNoRefusal(String name, String how, SshAttempt.Outcome expected, Client client) {
        try (Undo server = server(client, 22, how)) {
            assertThat(node(name).ssh(lab.guest(), client.ip()).outcome()).isEqualTo(expected);
        }
        assertThat(node(name).ssh(lab.guest(), client.ip())).isRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "guest"})
    void aPageThatBreaksIsNoRefusal(String name, Client client) {
        String url = "http://%s/".formatted(client.ip().getHostAddress());

        try (Undo server = server(client, 80, "reset-later")) {
            assertThat(node(name).httpGet(url)).wasReset();
        }
        try (Undo server = server(client, 80, "close")) {
            assertThat(node(name).httpGet(url)).wasBrokenOff();
        }
        assertThat(node(name).httpGet(url)).isRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "guest"})
    void whatOnesOwnRoutesForbidIsProhibited(String name) {
        Node node = node(name);
        node.run("ip", "route", "add", "prohibit", "192.0.2.1");
        try {
            assertThat(node.ssh(lab.guest(), ELSEWHERE)).wasProhibited();
            assertThat(node.httpGet("http://192.0.2.1/")).wasProhibited();
        } finally {
            node.run("ip", "route", "delete", "prohibit", "192.0.2.1");
        }
    }

    // The kernel tells a program that there is no route, of which a guest's client can't tell more.
    @Test
    void whatAFirewallForbidsIsProhibited(Client client, Gateway gateway, Guest guest) {
        client.run(
                "nft",
                "add table inet outcomes; add chain inet outcomes in"
                        + " { type filter hook input priority 0; };"
                        + " add rule inet outcomes in tcp dport 22 reject with icmpx admin-prohibited");
        try {
            assertThat(gateway.ssh(guest, client.ip())).wasProhibited();
            assertThat(guest.ssh(guest, client.ip())).hadNoRoute();
        } finally {
            client.run("nft", "delete table inet outcomes");
        }
    }

    @Test
    void anInterruptIsNoOutcomeOfALogIn(Client client, Gateway gateway, Guest guest) {
        try (Undo server = server(client, 22, "lie")) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread attempt =
                    new Thread(() -> thrown.complete(catchThrowable(() -> gateway.ssh(guest, client.ip()))), "log-in");
            attempt.start();
            Waiting.until(
                    "the connection is there",
                    SOON,
                    () -> gateway.run("ss", "-H", "-tn", "dst", client.ip().getHostAddress())
                            .stdout(),
                    connections -> connections.contains("ESTAB"));
            attempt.interrupt();

            // The kernel may know of the connection before this JVM does, which then still waits for that.
            assertThat(Waiting.joined("the attempt ends", SOON, thrown))
                    .isInstanceOf(InterruptedWaitException.class)
                    .hasMessageEndingWith(": interrupted while waiting for it");
        }
    }
}
