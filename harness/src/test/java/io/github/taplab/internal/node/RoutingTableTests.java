package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTableTests {

    private static final String DEFAULT_4 = "[{\"dst\":\"default\",\"gateway\":\"198.18.9.1\",\"dev\":\"eth0\"}]";
    private static final String DEFAULT_6 = "[{\"dst\":\"default\",\"gateway\":\"fd00:9::1\",\"dev\":\"eth0\"},"
            + "{\"type\":\"unreachable\",\"dst\":\"default\",\"dev\":\"lo\"}]";
    private static final InetAddress HOP_4 = InterfaceIp.ip("198.18.9.1");
    private static final InetAddress HOP_6 = InterfaceIp.ip("fd00:9::1");

    private final List<String> commands = new ArrayList<>();

    @Test
    void hasBothFamilies() {
        assertThat(table(DEFAULT_4, DEFAULT_6).routes())
                .containsExactly(
                        new Route(Prefix.ALL_IPV4, Optional.of(HOP_4), "eth0"),
                        new Route(Prefix.ALL_IPV6, Optional.of(HOP_6), "eth0"),
                        new Route(Prefix.ALL_IPV6, Optional.empty(), "lo", Optional.of("unreachable")))
                .extracting(Route::toString)
                .containsExactly(
                        "default via 198.18.9.1 dev eth0",
                        "default via fd00:9::1 dev eth0",
                        "unreachable default dev lo");
    }

    @Test
    void addsAndRemovesOfTheFamilyOfTheDestination() {
        RoutingTable table = table("[]", "[]");

        table.addDefault(HOP_4);
        table.addDefault(HOP_6);
        table.add(Prefix.of("203.0.113.0/24"), HOP_4);
        table.add(Prefix.of("2001:db8::/32"), HOP_6);
        table.remove(Prefix.of("203.0.113.0/24"));
        table.remove(Prefix.of("2001:db8::/32"));

        assertThat(commands)
                .containsExactly(
                        "ip -4 route add default via 198.18.9.1 dev eth0",
                        "ip -6 route add default via fd00:9::1 dev eth0",
                        "ip -4 route add 203.0.113.0/24 via 198.18.9.1 dev eth0",
                        "ip -6 route add 2001:db8::/32 via fd00:9::1 dev eth0",
                        "ip -4 route delete 203.0.113.0/24",
                        "ip -6 route delete 2001:db8::/32");
    }

    @Test
    void removesTheDefaultRoutesOfBothFamilies() {
        table(DEFAULT_4, DEFAULT_6).removeDefaults();

        assertThat(commands)
                .endsWith(
                        "ip -4 route delete default via 198.18.9.1 dev eth0",
                        "ip -6 route delete default via fd00:9::1 dev eth0")
                .hasSize(4);
    }

    @Test
    void hasIpSayThatThereIsNoDefaultRoute() {
        table("[]", "[]").removeDefaults();

        assertThat(commands).endsWith("ip -4 route delete default").hasSize(3);
    }

    private RoutingTable table(String ipv4, String ipv6) {
        return new RoutingTable((deadline, argv) -> answer(List.of(argv), ipv4, ipv6), "eth0");
    }

    private CommandResult answer(List<String> argv, String ipv4, String ipv6) {
        commands.add(String.join(" ", argv));
        String printed = !argv.contains("show") ? "" : argv.contains("-4") ? ipv4 : ipv6;
        return new CommandResult("client", argv, 0, printed, "", Duration.ZERO);
    }
}
