package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Whatever a tool prints: it is understood, or thrown with all that it said. */
class ToolTextPropertiesTests {

    private static final InetAddress IP = InterfaceIp.ip("198.18.9.2");

    @Property
    void ofIp(@ForAll("ipJson") String json) {
        assertUnderstoodOrThrown(() -> IpJson.links("guest", json));
        assertUnderstoodOrThrown(() -> IpJson.addresses(json));
        assertUnderstoodOrThrown(() -> IpJson.routes(true, json));
        assertUnderstoodOrThrown(() -> IpJson.routes(false, json));
        assertUnderstoodOrThrown(() -> IpJson.neighbours("eth0", json));
        assertUnderstoodOrThrown(() -> IpJson.groups(json));
        assertUnderstoodOrThrown(() -> IpJson.groupsJoinedByHand(json));
        assertUnderstoodOrThrown(() -> IpJson.hasFlag(json, "UP"));
    }

    @Property
    void ofPing(
            @ForAll("pings") String stdout,
            @ForAll("pings") String stderr,
            @ForAll @IntRange(min = 0, max = 3) int exitCode) {
        assertVerdictOrItsWords(() -> ToolOutput.ping(IP, ended(exitCode, stdout, stderr)));
    }

    @Property
    void ofArping(@ForAll("arpings") String stdout, @ForAll @IntRange(min = 0, max = 3) int exitCode) {
        assertVerdictOrItsWords(() -> ToolOutput.arpAnswers(IP, ended(exitCode, stdout, "")));
        assertVerdictOrItsWords(() -> ToolOutput.announced(ended(exitCode, stdout, "")));
    }

    @Property
    void ofNdisc6(@ForAll("ndisc6s") String stdout, @ForAll @IntRange(min = 0, max = 3) int exitCode) {
        assertVerdictOrItsWords(() -> ToolOutput.advertisements(IP, ended(exitCode, stdout, "")));
    }

    /** Found: a value of another kind was an IllegalArgumentException about the caller's own argument. */
    @Example
    void aFieldThatIsNoAddressIsIpsFault() {
        assertThatIllegalStateException()
                .isThrownBy(() -> IpJson.links("guest", "[{\"ifname\":\"ip6tnl0\",\"address\":\"::\"}]"))
                .withMessage("ip -j printed what is not understood, \"::\" is not a MAC address:"
                        + " six hexadecimal octets such as 02:9e:12:09:00:01:"
                        + " [{\"ifname\":\"ip6tnl0\",\"address\":\"::\"}]");
    }

    @Provide
    Arbitrary<String> ipJson() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.json(
                        "ifname",
                        "ifindex",
                        "address",
                        "linkinfo",
                        "flags",
                        "mtu",
                        "addr_info",
                        "local",
                        "prefixlen",
                        "dst",
                        "gateway",
                        "dev",
                        "lladdr",
                        "state",
                        "maddr",
                        "link",
                        "features",
                        "stats64",
                        "operstate"),
                Garbage.mutated(
                        "[{\"ifindex\":2,\"ifname\":\"eth0\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":1500,"
                                + "\"operstate\":\"UP\",\"address\":\"02:9e:12:09:00:05\"}]",
                        "[{\"ifname\":\"eth0\",\"addr_info\":[{\"family\":\"inet\",\"local\":\"198.18.9.2\","
                                + "\"prefixlen\":24,\"scope\":\"global\"}]}]",
                        "[{\"dst\":\"default\",\"gateway\":\"198.18.9.1\",\"dev\":\"eth0\",\"flags\":[]}]",
                        "[{\"dst\":\"198.18.9.1\",\"lladdr\":\"02:6a:12:09:00:01\",\"state\":[\"STALE\"]}]"));
    }

    @Provide
    Arbitrary<String> pings() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated(
                        """
                        PING 198.18.9.2 (198.18.9.2) 56(84) bytes of data.
                        From 198.18.9.1 icmp_seq=1 Destination Host Unreachable

                        --- 198.18.9.2 ping statistics ---
                        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
                        """,
                        "--- 198.18.9.2 ping statistics ---\n3 packets transmitted, 3 packets received, 0% packet loss\n",
                        "ping: connect: Network is unreachable\n"));
    }

    @Provide
    Arbitrary<String> arpings() {
        return Arbitraries.oneOf(Garbage.text(), Garbage.mutated("""
                        ARPING 198.18.9.2 from 198.18.9.4 eth0
                        Unicast reply from 198.18.9.2 [02:1A:12:09:00:02]  0.6ms
                        Sent 2 probes (2 broadcast(s))
                        Received 1 response(s)
                        """));
    }

    @Provide
    Arbitrary<String> ndisc6s() {
        return Arbitraries.oneOf(Garbage.text(), Garbage.mutated("""
                        Soliciting fd00::2 (fd00::2) on eth0...
                        Target link-layer address: 02:1A:12:09:00:02
                         from fd00::2
                        """, """
                        Soliciting fd00::2 (fd00::2) on eth0...
                        Timed out.
                        No response.
                        """));
    }

    private static CommandResult ended(int exitCode, String stdout, String stderr) {
        return new CommandResult("client", List.of("tool"), exitCode, stdout, stderr, Duration.ZERO);
    }

    private static void assertUnderstoodOrThrown(ThrowingCallable parser) {
        Throwable thrown = catchThrowable(parser);
        if (thrown != null) {
            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("ip -j printed ");
        }
    }

    private static void assertVerdictOrItsWords(ThrowingCallable parser) {
        Throwable thrown = catchThrowable(parser);
        if (thrown != null) {
            assertThat(thrown).isExactlyInstanceOf(CommandFailedException.class);
        }
    }
}
