package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.PingResult;
import io.github.taplab.spec.Cidr;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are what iputils 20221126, busybox 1.35 and ndisc6 1.0.7 printed. */
class ToolOutputTests {

    private static final InetAddress IP = Cidr.ip("198.18.9.4");
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
                """, ""})
    void arpingWithoutAnAnswerHasNoMacs(String stdout) {
        assertThat(ToolOutput.arpAnswers(IP, result("arping", stdout, "")).macs())
                .isEmpty();
    }

    @Test
    void arpingCountsAnswersForTheAddressOnly() {
        String stdout = """
                Unicast reply from 198.18.9.40 [02:9E:12:09:00:05]  0.697ms
                Broadcast reply from 198.18.9.4 [02:C1:12:09:00:04]  0.580ms
                """;

        assertThat(ToolOutput.arpAnswers(IP, result("arping", stdout, "")).macs())
                .containsExactly(CLIENT);
    }

    @Test
    void ndisc6CountsEachAnswererOnce() {
        InetAddress ip = Cidr.ip("fd00:1::99");
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

        assertThat(ToolOutput.advertisements(Cidr.ip("fd00:1::77"), result("ndisc6", stdout, ""))
                        .macs())
                .isEmpty();
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
                .isEqualTo(new PingResult("client", IP, 3, 1, stdout))
                .matches(PingResult::answered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 packets transmitted, 0 received, 100% packet loss, time 203ms",
                "2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 203ms",
                "2 packets transmitted, 0 packets received, 100% packet loss"
            })
    void pingWithoutAReplyIsUnanswered(String summary) {
        PingResult ping = ToolOutput.ping(IP, result("ping", summary, ""));

        assertThat(ping.sent()).isEqualTo(2);
        assertThat(ping.received()).isZero();
        assertThat(ping.answered()).isFalse();
    }

    @Test
    void pingThatCouldNotStartSentNothingAndSaysWhy() {
        assertThat(ToolOutput.ping(IP, result("ping", "", "ping: connect: Network is unreachable\n")))
                .isEqualTo(new PingResult("client", IP, 0, 0, "ping: connect: Network is unreachable\n"));
    }

    private static CommandResult result(String tool, String stdout, String stderr) {
        return new CommandResult("client", List.of(tool), 0, stdout, stderr, Duration.ofMillis(400));
    }
}
