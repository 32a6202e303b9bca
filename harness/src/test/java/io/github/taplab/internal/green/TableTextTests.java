package io.github.taplab.internal.green;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tools print of a node, as it is compared. */
class TableTextTests {

    /** As a launcher has printed it: its parts, by lab. */
    private static String launcher(int index, String net, String hex, String state, String neighbour) {
        return """
                2: macvtap0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state %4$s mode DEFAULT group default qlen 500\\    link/ether 02:9e:00:00:00:05 brd ff:ff:ff:ff:ff:ff promiscuity 0 allmulti 0 minmtu 68 maxmtu 65535 \\    macvtap mode bridge bcqueuelen 1000 usedbcqueuelen 1000 addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 gso_ipv4_max_size 65536 gro_ipv4_max_size 65536\s
                %1$d: eth0@if%1$d7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default \\    link/ether 02:1a:12:%3$s:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0 promiscuity 1 allmulti 0 minmtu 68 maxmtu 65535 \\    veth addrgenmode eui64 numtxqueues 2 numrxqueues 2 gso_max_size 65536\s
                ==
                %1$d: eth0    inet 198.18.%2$s.2/24 brd 198.18.%2$s.255 scope global eth0\\       valid_lft forever preferred_lft forever
                %1$d: eth0    inet6 fe80::1a:12ff:fe%3$s:2/64 scope link tentative proto kernel_ll \\       valid_lft forever preferred_lft forever
                ==
                default via 198.18.%2$s.1 dev eth0\s
                local 198.18.%2$s.2 dev eth0 table local proto kernel scope host src 198.18.%2$s.2\s
                ==
                198.18.%2$s.5 dev eth0 %5$s\s
                ==
                02:9e:00:00:00:05 dev eth0 self permanent
                33:33:ff:%3$s:00:02 dev eth0 self permanent
                33:33:ff:00:00:02 dev eth0 self permanent
                ==
                table ip nat {
                	chain DOCKER_POSTROUTING {
                		ip saddr 127.0.0.11 tcp sport %1$d counter packets 0 bytes 0 xt target "SNAT"
                	}
                }
                table netdev taplab_%1$08x {
                	chain egress {
                		type filter hook egress device "eth0" priority filter; policy accept;
                		meta mark 0x%1$08x drop
                	}
                }
                """.formatted(index, net, hex, state, neighbour);
    }

    @Test
    void aNodeIsALineAnEntryInTheFieldsWords() {
        assertThat(TableText.lines(launcher(25160, "106", "6a", "UP", "lladdr 02:9e:00:00:00:05 REACHABLE")))
                .containsExactly(
                        "address eth0 inet 198.18.x.2/24 brd 198.18.x.255 scope global eth0 valid_lft forever preferred_lft forever",
                        "address eth0 inet6 fe80::1a:x:x:2/64 scope link proto kernel_ll valid_lft forever preferred_lft forever",
                        "forwarding 02:9e:00:00:00:05 dev eth0 self permanent",
                        "forwarding 33:33:ff:x:00:02 dev eth0 self permanent",
                        "link eth0@if: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default link/ether 02:1a:x:x:00:02 brd ff:ff:ff:ff:ff:ff promiscuity 1 allmulti 0 veth",
                        "link macvtap0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 500 link/ether 02:9e:00:00:00:05 brd ff:ff:ff:ff:ff:ff promiscuity 0 allmulti 0 macvtap mode bridge",
                        "neighbour 198.18.x.5 dev eth0 lladdr 02:9e:00:00:00:05",
                        "route default via 198.18.x.1 dev eth0",
                        "table ip nat",
                        "table ip nat, chain DOCKER_POSTROUTING",
                        "table netdev taplab_…",
                        "table netdev taplab_…, chain egress",
                        "table netdev taplab_…, chain egress: meta mark 0x… drop",
                        "table netdev taplab_…, chain egress: type filter hook egress device \"eth0\" priority filter; policy accept;");
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, lladdr 02:9e:00:00:00:05 STALE",
        "UP, lladdr 02:9e:00:00:00:05 DELAY",
        "UP, lladdr 02:9e:00:00:00:05 PROBE"
    })
    void theSameInAnotherLabAtAnotherTimeIsTheSame(String state, String neighbour) {
        assertThat(TableText.lines(launcher(7, "9", "09", state, neighbour)))
                .isEqualTo(TableText.lines(launcher(25160, "106", "6a", "UP", "lladdr 02:9e:00:00:00:05 REACHABLE")));
    }

    @ParameterizedTest
    @CsvSource({
        "lladdr 02:1a:12:6a:00:02 REACHABLE, neighbour 198.18.x.5 dev eth0 lladdr 02:1a:x:x:00:02",
        "FAILED, neighbour 198.18.x.5 dev eth0 did not answer",
        "INCOMPLETE, neighbour 198.18.x.5 dev eth0 did not answer",
        "lladdr 02:9e:00:00:00:05 PERMANENT, neighbour 198.18.x.5 dev eth0 lladdr 02:9e:00:00:00:05 PERMANENT"
    })
    void aNeighbourWithAnotherMacAndOneThatDidNotAnswerAreOthers(String neighbour, String line) {
        assertThat(TableText.lines(launcher(7, "106", "6a", "UP", neighbour))).contains(line);
    }

    @Test
    void ofANodeThatPrintsLessThereAreFewerLines() {
        assertThat(TableText.lines("")).isEmpty();
        assertThat(TableText.lines("1: lo: <LOOPBACK> mtu 65536\n==\n"))
                .containsExactly("link lo: <LOOPBACK> mtu 65536");
    }
}
