package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** From what the tools show of a container's network to what puts it back. */
class NetworkReturnTests {

    private static final String THEN = """
            [{"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"operstate":"UNKNOWN","address":"00:00:00:00:00:00","addr_info":[]},
             {"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"operstate":"UP","address":"02:c1:12:09:00:04",
              "addr_info":[{"family":"inet","local":"198.18.9.4","prefixlen":24,"broadcast":"198.18.9.255","scope":"global"}]}]
            --
            default via 198.18.9.1 dev eth0\s
            198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.4\s
            --
            --
            198.18.9.7 dev eth0 lladdr 02:00:00:00:00:07 PERMANENT
            ==
            0:\tfrom all lookup local
            32766:\tfrom all lookup main
            ==
            0:\tfrom all lookup local
            ==
            ==
            qdisc noqueue 0: dev lo root refcnt 2
            qdisc noqueue 8001: dev eth0 root refcnt 2
            ==
            table ip nat {
            \tchain OUTPUT {
            \t\ttype nat hook output priority -100; policy accept;
            \t\tip daddr 127.0.0.11 counter xt target "DNAT"
            \t}
            }
            """.replace("\\t", "\t");

    private static NetworkReturn from(String now) {
        return new NetworkReturn(NodeNetwork.read(THEN), NodeNetwork.read(now));
    }

    private static NetworkReturn where(String then, String now) {
        assertThat(THEN).contains(then);
        return from(THEN.replace(then, now));
    }

    @Test
    void nothingIsToDoWhereNothingHasChanged() {
        NetworkReturn none = from(THEN);

        assertThat(none.newLinks()).isEmpty();
        assertThat(none.missingLinks()).isEmpty();
        assertThat(none.links()).isEmpty();
        assertThat(none.addresses()).isEmpty();
        assertThat(none.routes("-4")).isEmpty();
        assertThat(none.rules("-4")).isEmpty();
        assertThat(none.neighbours()).isEmpty();
        assertThat(none.qdiscs()).isEmpty();
        assertThat(none.tables()).isEmpty();
        assertThat(none.then()).isEqualTo(none.now());
    }

    @Test
    void aHandleThatTheKernelCountedIsNoDifference() {
        assertThat(NodeNetwork.read(THEN.replace("8001:", "8002:"))).isEqualTo(NodeNetwork.read(THEN));
    }

    @Test
    void settingsOfAnInterfaceComeBack() {
        NetworkReturn changed = from(THEN.replace("\"MULTICAST\",\"UP\"", "\"PROMISC\",\"UP\"")
                .replace("02:c1:12:09:00:04", "02:00:00:00:00:77")
                .replace("\"mtu\":1500", "\"mtu\":1280"));

        assertThat(changed.links())
                .containsExactlyInAnyOrder(
                        "link set dev eth0 mtu 1500",
                        "link set dev eth0 address 02:c1:12:09:00:04",
                        "link set dev eth0 multicast on",
                        "link set dev eth0 promisc off");
    }

    @Test
    void aPortOfABridgeIsOneAgain() {
        String port = THEN.replace("\"mtu\":1500", "\"master\":\"br0\",\"mtu\":1500");

        assertThat(new NetworkReturn(NodeNetwork.read(port), NodeNetwork.read(THEN)).links())
                .containsExactly("link set dev eth0 master br0");
        assertThat(from(port).links()).containsExactly("link set dev eth0 nomaster");
    }

    @Test
    void anInterfaceThatHasComeGoes() {
        NetworkReturn changed = where("[{\"ifname\":\"lo\"", "[{\"ifname\":\"left\"},{\"ifname\":\"lo\"");

        assertThat(changed.newLinks()).containsExactly("link delete dev left");
    }

    @Test
    void anInterfaceThatIsGoneIsNamed() {
        assertThat(where("\"ifname\":\"eth0\"", "\"ifname\":\"eth1\"").missingLinks())
                .containsExactly("eth0");
    }

    @Test
    void allAddressesOfAnInterfaceComeBackInTheirOrder() {
        assertThat(where("198.18.9.4\",\"prefixlen\":24", "198.18.9.5\",\"prefixlen\":24")
                        .addresses())
                .containsExactly(
                        "address flush dev eth0",
                        "address replace 198.18.9.4/24 dev eth0 broadcast 198.18.9.255 scope global");
    }

    @Test
    void routesComeBackLinksFirst() {
        assertThat(where("default via 198.18.9.1 dev eth0", "203.0.113.0/24 via 198.18.9.9 dev eth0")
                        .routes("-4"))
                .containsExactly(
                        "route delete 203.0.113.0/24 via 198.18.9.9 dev eth0",
                        "route delete 198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.4",
                        "route append 198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.4",
                        "route append default via 198.18.9.1 dev eth0");
    }

    @Test
    void rulesComeBack() {
        assertThat(where("32766:\tfrom all lookup main", "7:\tfrom all lookup 7")
                        .rules("-4"))
                .containsExactly("rule delete pref 7 from all lookup 7", "rule add pref 32766 from all lookup main");
    }

    @Test
    void neighboursComeBack() {
        assertThat(where(
                                "198.18.9.7 dev eth0 lladdr 02:00:00:00:00:07 PERMANENT",
                                "198.18.9.8 dev eth0 lladdr 02:00:00:00:00:08 PERMANENT")
                        .neighbours())
                .containsExactly(
                        "neigh delete 198.18.9.8 dev eth0 lladdr 02:00:00:00:00:08 nud permanent",
                        "neigh replace 198.18.9.7 dev eth0 lladdr 02:00:00:00:00:07 nud permanent");
    }

    @Test
    void whomItAnswersForComesBack() {
        NetworkReturn changed = where("==\n==\nqdisc", "==\n198.18.9.9 dev eth0 proxy\n==\nqdisc");

        assertThat(changed.neighbours()).containsExactly("neigh delete proxy 198.18.9.9 dev eth0");
    }

    @Test
    void aQueueingDisciplineComesBack() {
        assertThat(where(
                                "noqueue 8001: dev eth0 root refcnt 2",
                                "netem 8002: dev eth0 root refcnt 2 limit 1000 loss 5%")
                        .qdiscs())
                .containsExactly("qdisc delete dev eth0 root", "qdisc replace dev eth0 root noqueue");
    }

    /** nft shows Docker's table, and can't read what it shows. */
    @Test
    void aTableThatIsAsItWasIsLeftAlone() {
        NetworkReturn changed = from(THEN + "table netdev taplab {\n\tchain x {\n\t}\n}\n");

        assertThat(changed.tables()).containsExactly("delete table netdev taplab");
    }

    @Test
    void aTableThatIsGoneComesBack() {
        String table = "table inet own {\n\tchain x {\n\t}\n}";
        NetworkReturn changed = new NetworkReturn(NodeNetwork.read(THEN + table + "\n"), NodeNetwork.read(THEN));

        assertThat(changed.tables()).containsExactly(table);
    }

    @Test
    void theDifferencesAreTold() {
        NetworkReturn changed = where("noqueue 8001: dev eth0", "netem 8002: dev eth0");

        assertThat(changed.then().differencesFrom(changed.now()))
                .isEqualTo(
                        "its queueing disciplines were [qdisc noqueue dev eth0 root refcnt 2, qdisc noqueue dev lo root"
                                + " refcnt 2] and are [qdisc netem dev eth0 root refcnt 2, qdisc noqueue dev lo root refcnt 2]");
    }

    @Test
    void halfOfALookIsNoNetwork() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NodeNetwork.read("[]\n--\n--\n--\n==\n"))
                .withMessageStartingWith("ip, tc and nft printed 2 of the 6 parts of a network: ");
    }
}
