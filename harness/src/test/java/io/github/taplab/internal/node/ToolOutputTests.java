package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.IcmpError;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are what iputils 20221126 and 20240905, busybox 1.35 and 1.37, and ndisc6 1.0.7 printed. */
class ToolOutputTests {

    private static final InetAddress IP = InterfaceIp.ip("198.18.9.4");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:12:09:00:05");

    @ParameterizedTest
    @ValueSource(strings = {"""
                ARPING 198.18.9.4 from 198.18.9.2 eth0
                Unicast reply from 198.18.9.4 [02:C1:12:09:00:04]  0.556ms
                Unicast reply from 198.18.9.4 [02:9E:12:09:00:05]  0.697ms
                Unicast reply from 198.18.9.4 [02:C1:12:09:00:04]  0.580ms
                Unicast reply from 198.18.9.4 [02:9E:12:09:00:05]  0.619ms
                Sent 2 probes (2 broadcast(s))
                Received 4 response(s)
                """, """
                ARPING 198.18.9.4 from 198.18.9.2 eth0
                Unicast reply from 198.18.9.4 [02:c1:12:09:00:04] 0.012ms
                Unicast reply from 198.18.9.4 [02:9e:12:09:00:05] 0.062ms
                Unicast reply from 198.18.9.4 [02:c1:12:09:00:04] 0.024ms
                Unicast reply from 198.18.9.4 [02:9e:12:09:00:05] 0.077ms
                Sent 2 probe(s) (0 broadcast(s))
                Received 4 response(s) (0 request(s), 0 broadcast(s))
                """})
    void arpingCountsEachAnswererOnce(String stdout) {
        NeighbourAnswers answers = ToolOutput.arpAnswers(IP, result("arping", stdout, ""));

        assertThat(answers.macs()).containsExactly(GUEST, CLIENT);
        assertThat(answers.asker()).isEqualTo("client");
        assertThat(answers.ip()).isEqualTo(IP);
        assertThat(answers.output()).isEqualTo(stdout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                ARPING 198.18.9.4 from 198.18.9.2 eth0
                Sent 2 probes (2 broadcast(s))
                Received 0 response(s)
                """, """
                ARPING 198.18.9.4 from 198.18.9.2 eth0
                Sent 2 probe(s) (0 broadcast(s))
                Received 0 response(s) (0 request(s), 0 broadcast(s))
                """})
    void arpingWithoutAnAnswerHasNoMacs(String stdout) {
        assertThat(ToolOutput.arpAnswers(IP, result(1, stdout, "", "arping")).macs())
                .isEmpty();
    }

    // It counts the questions in: fewer answers than those it was told to ask for.
    @Test
    void arpingsExitCodeOneIsNoWordOnAnswers() {
        String stdout = """
                ARPING 198.18.9.4 from 198.18.9.2 eth0
                Unicast reply from 198.18.9.4 [02:C1:12:09:00:04]  0.547ms
                Sent 2 probes (2 broadcast(s))
                Received 1 response(s)
                """;

        assertThat(ToolOutput.arpAnswers(IP, result(1, stdout, "", "arping")).macs())
                .containsExactly(CLIENT);
    }

    static List<CommandResult> arpingsThatCouldNotRunOrAreNotUnderstood() {
        return List.of(
                result(126, "", "timeout: failed to run command 'arping': Permission denied\n", "arping"),
                result(127, "", "timeout: failed to run command 'arping': No such file or directory\n", "arping"),
                // iputils: no such interface, one that is down, one without an address.
                result(2, "", "arping: Device eth7 not available.\n", "arping"),
                result(2, "Interface \"eth0\" is down\n", "", "arping"),
                result(
                        2,
                        "ARPING 198.18.9.4 from 0.0.0.0 eth0\n",
                        "arping: no source address in not-DAD mode\n",
                        "arping"),
                // busybox: the same, and a wrong option.
                result(2, "", "arping: interface eth7 not found: No such device\n", "arping"),
                result(2, "", "arping: interface eth0 is down\n", "arping"),
                result(1, "", "arping: invalid option -- 'Z'\n", "arping"),
                // Thomas Habets' arping, which an engineer may have put into an image.
                result(1, """
                        ARPING 198.18.9.4
                        Timeout

                        --- 198.18.9.4 statistics ---
                        1 packets transmitted, 0 packets received, 100% unanswered (0 extra)
                        """, "", "arping"),
                result(0, """
                        ARPING 198.18.9.4
                        42 bytes from 02:c1:12:09:00:04 (198.18.9.4): index=0 time=8.9 usec
                        """, "", "arping"),
                result(1, "Sent 0 probes (0 broadcast(s))\nReceived 0 response(s)\n", "", "arping"),
                result(0, "", "", "arping"));
    }

    @ParameterizedTest
    @MethodSource("arpingsThatCouldNotRunOrAreNotUnderstood")
    void arpingThatCouldNotRunOrIsNotUnderstoodIsNoSilence(CommandResult arping) {
        throwsWithAllItSaid(arping, () -> ToolOutput.arpAnswers(IP, arping));
        throwsWithAllItSaid(arping, () -> ToolOutput.announced(arping));
    }

    @Test
    void arpingThatCountsAnAnswerItDoesNotTellIsNotUnderstood() {
        CommandResult arping = result(0, "Sent 1 probes (1 broadcast(s))\nReceived 1 response(s)\n", "", "arping");

        throwsWithAllItSaid(arping, () -> ToolOutput.arpAnswers(IP, arping));
    }

    @Test
    void anAnnouncementIsOneThatWasSent() {
        assertThatCode(() -> ToolOutput.announced(result(0, """
                        ARPING 198.18.251.3 from 198.18.251.3 eth0
                        Sent 1 probe(s) (0 broadcast(s))
                        Received 0 response(s) (0 request(s), 0 broadcast(s))
                        """, "", "arping"))).doesNotThrowAnyException();
    }

    @Test
    void arpingCountsAnswersForTheAddressOnly() {
        String stdout = """
                Unicast reply from 198.18.9.40 [02:9E:12:09:00:05]  0.697ms
                Broadcast reply from 198.18.9.4 [02:C1:12:09:00:04]  0.580ms
                Sent 2 probes (2 broadcast(s))
                Received 2 response(s)
                """;

        assertThat(ToolOutput.arpAnswers(IP, result("arping", stdout, "")).macs())
                .containsExactly(CLIENT);
    }

    @Test
    void ndisc6CountsEachAnswererOnce() {
        InetAddress ip = InterfaceIp.ip("fd00:1::99");
        String stdout = """
                Soliciting fd00:1::99 (fd00:1::99) on eth0...
                Target link-layer address: 02:C1:12:09:00:04
                 from fd00:1::99
                Target link-layer address: 02:9E:12:09:00:05
                 from fe80::9e:12ff:fe09:5
                Target link-layer address: 02:C1:12:09:00:04
                 from fd00:1::99
                """;

        assertThat(ToolOutput.advertisements(ip, result("ndisc6", stdout, "")))
                .isEqualTo(new NeighbourAnswers("client", ip, new TreeSet<>(List.of(GUEST, CLIENT)), stdout));
    }

    @Test
    void ndisc6WithoutAnAnswerHasNoMacs() {
        String stdout = """
                Soliciting fd00:1::77 (fd00:1::77) on eth0...
                Timed out.
                Timed out.
                Timed out.
                No response.
                """;

        assertThat(ToolOutput.advertisements(InterfaceIp.ip("fd00:1::77"), result(2, stdout, "", "ndisc6"))
                        .macs())
                .isEmpty();
    }

    static List<CommandResult> ndisc6ThatCouldNotRunOrIsNotUnderstood() {
        String soliciting = "Soliciting fd00:1::77 (fd00:1::77) on eth0...\n";
        return List.of(
                result(126, "", "timeout: failed to run command 'ndisc6': Permission denied\n", "ndisc6"),
                result(1, "", "eth7: No such device\n", "ndisc6"),
                result(1, soliciting, "Sending ICMPv6 packet: Network is unreachable\n", "ndisc6"),
                result(1, soliciting, "Sending ICMPv6 packet: Cannot assign requested address\n", "ndisc6"),
                // The exit code of no answer, too.
                result(2, "", "ndisc6: invalid option -- 'x'\nTry \"ndisc6 -h\" for more information.\n", "ndisc6"),
                result(2, soliciting, "", "ndisc6"),
                result(0, soliciting, "", "ndisc6"));
    }

    @ParameterizedTest
    @MethodSource("ndisc6ThatCouldNotRunOrIsNotUnderstood")
    void ndisc6ThatCouldNotRunOrIsNotUnderstoodIsNoSilence(CommandResult ndisc6) {
        throwsWithAllItSaid(ndisc6, () -> ToolOutput.advertisements(InterfaceIp.ip("fd00:1::77"), ndisc6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                PING 198.18.9.4 (198.18.9.4) 56(84) bytes of data.
                64 bytes from 198.18.9.4: icmp_seq=1 ttl=64 time=0.334 ms

                --- 198.18.9.4 ping statistics ---
                3 packets transmitted, 1 received, 66.6667% packet loss, time 409ms
                rtt min/avg/max/mdev = 0.334/0.334/0.334/0.000 ms
                """, """
                PING 198.18.9.4 (198.18.9.4): 56 data bytes
                64 bytes from 198.18.9.4: seq=0 ttl=64 time=0.063 ms

                --- 198.18.9.4 ping statistics ---
                3 packets transmitted, 1 packets received, 66% packet loss
                round-trip min/avg/max = 0.063/0.068/0.076 ms
                """})
    void pingCountsRequestsAndReplies(String stdout) {
        assertThat(ToolOutput.ping(IP, result("ping", stdout, "")))
                .isEqualTo(new PingResult("client", IP, Outcome.ANSWERED, 3, 1, List.of(), stdout))
                .matches(PingResult::answered);
    }

    // Copies of replies (DUP!) are counted apart.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 packets transmitted, 3 received, +2 duplicates, 0% packet loss, time 48ms",
                "3 packets transmitted, 3 packets received, 2 duplicates, 0% packet loss",
                "3 packets transmitted, 3 received, +2 duplicates, +1 corrupted, 0% packet loss, time 48ms"
            })
    void pingCountsNoReplyTwice(String summary) {
        PingResult ping = ToolOutput.ping(IP, result("ping", """
                64 bytes from 198.18.9.4: icmp_seq=1 ttl=64 time=0.334 ms
                64 bytes from 198.18.9.4: icmp_seq=1 ttl=64 time=0.398 ms (DUP!)
                72 bytes from 198.18.9.4: icmp_seq=2 ttl=64 (truncated)
                """ + summary, ""));

        assertThat(ping.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(ping.sent()).isEqualTo(3);
        assertThat(ping.received()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 packets transmitted, 0 received, 100% packet loss, time 203ms",
                "2 packets transmitted, 0 packets received, 100% packet loss"
            })
    void pingWithoutAReplyIsSilent(String summary) {
        assertThat(ToolOutput.ping(IP, result(1, summary, "", "ping")))
                .isEqualTo(new PingResult("client", IP, Outcome.SILENT, 2, 0, List.of(), summary));
    }

    // iputils counts the request that the kernel refused: by then it knew that nobody answers ARP.
    @Test
    void pingIsUnreachableAccordingToItselfWhereNobodyAnswersArp() {
        String stdout = """
                PING 198.18.250.9 (198.18.250.9) 56(84) bytes of data.
                From 198.18.250.2 icmp_seq=1 Destination Host Unreachable
                From 198.18.250.2 icmp_seq=2 Destination Host Unreachable

                --- 198.18.250.9 ping statistics ---
                3 packets transmitted, 0 received, +2 errors, 100% packet loss, time 2983ms
                pipe 6
                """;
        String stderr = "ping: sendmsg: No route to host\n";
        IcmpError own = new IcmpError(InterfaceIp.ip("198.18.250.2"), "Destination Host Unreachable");

        assertThat(ToolOutput.ping(IP, result(1, stdout, stderr, "ping")))
                .isEqualTo(new PingResult("client", IP, Outcome.UNREACHABLE, 2, 0, List.of(own, own), stdout + stderr));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "From 198.18.250.3 icmp_seq=1 Destination Host Unreachable | 198.18.250.3 | Destination Host Unreachable",
                "From 198.18.250.3: icmp_seq=1 Packet filtered | 198.18.250.3 | Packet filtered",
                "From fd00:250::3 icmp_seq=1 Destination unreachable: No route"
                        + " | fd00:250::3 | Destination unreachable: No route",
                "From fd00:250:: icmp_seq=1 Destination unreachable: Administratively prohibited"
                        + " | fd00:250:: | Destination unreachable: Administratively prohibited",
                "From fe80::1%eth0 icmp_seq=1 Time exceeded: Hop limit | fe80::1 | Time exceeded: Hop limit"
            })
    void pingSaysWhoCouldNotReach(String line, String sender, String words) {
        String stdout = line + "\n\n3 packets transmitted, 0 received, +1 errors, 100% packet loss, time 56ms\n\n";

        PingResult ping = ToolOutput.ping(IP, result(1, stdout, "", "ping"));

        assertThat(ping.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(ping.sent()).isEqualTo(3);
        assertThat(ping.errors()).containsExactly(new IcmpError(InterfaceIp.ip(sender), words));
    }

    @Test
    void aReplyCountsMoreThanAnError() {
        PingResult ping = ToolOutput.ping(IP, result(0, """
                From 198.18.250.2 icmp_seq=1 Destination Host Unreachable
                64 bytes from 198.18.9.4: icmp_seq=2 ttl=64 time=0.334 ms
                2 packets transmitted, 1 received, +1 errors, 50% packet loss, time 56ms
                """, "", "ping"));

        assertThat(ping.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(ping.errors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | ping: connect: Network is unreachable",
                "2 | ping: connect: No route to host",
                // Of a prohibit route, IPv6 and IPv4.
                "2 | ping: connect: Permission denied",
                "2 | ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules",
                "1 | ping: sendto: Network is unreachable",
                "1 | ping: sendto: No route to host",
                "1 | ping: sendto: Permission denied"
            })
    void pingWithoutARouteSentNothing(int exitCode, String words) {
        assertThat(ToolOutput.ping(IP, result(exitCode, "", words, "ping")))
                .isEqualTo(new PingResult("client", IP, Outcome.NO_ROUTE, 0, 0, List.of(), words));
    }

    static List<CommandResult> pingsThatCouldNotRunOrAreNotUnderstood() {
        return List.of(
                result(126, "", "timeout: failed to run command 'ping': Permission denied\n", "ping"),
                result(127, "", "timeout: failed to run command 'ping': No such file or directory\n", "ping"),
                result(127, "", "ping: connect: Network is unreachable\n", "ping"),
                result(2, "", "ping: connect: Invalid argument\n", "ping"),
                result(2, "", "ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n", "ping"),
                result(1, "", "ping: sendto: Operation not permitted\n", "ping"),
                result(1, "", "ping: sendto: No buffer space available\n", "ping"),
                result(1, "", "", "ping"),
                result(0, "", "", "ping"),
                result(2, "2 packets transmitted, 0 received, 100% packet loss", "", "ping"),
                result(0, "2 packets transmitted, 0 received, 100% packet loss", "", "ping"),
                // What the node's own rules drop.
                result(1, "0 packets transmitted, 0 received\n\n", "", "ping"),
                result(
                        1,
                        "2 packets transmitted, 0 received, 100% packet loss",
                        "ping: sendmsg: No buffer space available\n".repeat(2),
                        "ping"),
                result(1, """
                        From 198.18.250.2 icmp_seq=1 Packet filtered
                        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
                        """, "ping: sendmsg: Operation not permitted\n", "ping"),
                result(1, """
                        From ::: icmp_seq=2 Destination unreachable: No route
                        2 packets transmitted, 0 received, +1 errors, 100% packet loss, time 219ms
                        """, "", "ping"));
    }

    @ParameterizedTest
    @MethodSource("pingsThatCouldNotRunOrAreNotUnderstood")
    void pingThatCouldNotRunOrIsNotUnderstoodIsNoSilence(CommandResult ping) {
        throwsWithAllItSaid(ping, () -> ToolOutput.ping(IP, ping));
    }

    /** Whoever sends a redirect has passed the request on: it says nothing of the reply. */
    @Test
    void aRedirectIsNeitherAnAnswerNorARefusal() {
        CommandResult ended = result(1, """
                From 198.18.250.3 icmp_seq=2 Redirect Host(New nexthop: 198.19.4.1)
                2 packets transmitted, 0 received, +1 errors, 100% packet loss, time 219ms
                """, "", "ping");
        CommandResult refused = result(1, """
                From 198.18.250.3 icmp_seq=1 Redirect Host(New nexthop: 198.19.4.1)
                From 198.18.250.4 icmp_seq=1 Destination Host Unreachable
                2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 219ms
                """, "", "ping");
        CommandResult answered = result(0, """
                From 198.18.250.3 icmp_seq=1 Redirect Host(New nexthop: 198.19.4.1)
                10 packets transmitted, 9 received, +1 errors, 10% packet loss, time 1819ms
                """, "", "ping");

        assertThat(ToolOutput.wasEndedByRedirect(ended)).isTrue();
        assertThat(ToolOutput.wasEndedByRedirect(refused)).isFalse();
        assertThat(ToolOutput.wasEndedByRedirect(answered)).isFalse();
        assertThat(ToolOutput.ping(IP, ended).outcome()).isEqualTo(Outcome.SILENT);
        assertThat(ToolOutput.ping(IP, refused).outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(ToolOutput.ping(IP, answered).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    private static void throwsWithAllItSaid(CommandResult tool, ThrowingCallable reading) {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(reading)
                .satisfies(e -> assertThat(e.result()).isSameAs(tool))
                .withMessageEndingWith(" on " + tool.describe());
    }

    private static CommandResult result(int exitCode, String stdout, String stderr, String tool) {
        return new CommandResult("client", List.of(tool), exitCode, stdout, stderr, Duration.ofMillis(400));
    }

    private static CommandResult result(String tool, String stdout, String stderr) {
        return result(0, stdout, stderr, tool);
    }
}
