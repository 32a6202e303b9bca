package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.fault.NetworkState.LinkState;
import io.github.taplab.internal.fault.NetworkState.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The states are iproute2 6.15's output in a network namespace with a veth, on it a macvtap: up, down, and up again.
 * The veth's MAC address had been changed after its link-local address had come.
 */
class NetworkStateTests {

    private static final NetworkState UP = state("state-up.txt");
    private static final NetworkState DOWN = state("state-down.txt");
    private static final NetworkState UP_AGAIN = state("state-up-again.txt");

    @Test
    void readsLinks() {
        assertThat(DOWN.links())
                .containsExactly(
                        new LinkState("lo", "", "", true, 65536, "00:00:00:00:00:00", "UP"),
                        new LinkState("eth0", "", "", false, 1500, "02:1a:12:09:00:02", "DOWN"),
                        new LinkState("macvtap0", "eth0", "", true, 1500, "02:9e:12:09:00:05", "LOWERLAYERDOWN"));
        assertThat(DOWN.describeOperStates()).isEqualTo("lo UP, eth0 DOWN, macvtap0 LOWERLAYERDOWN");
        assertThat(DOWN.isDown("eth0")).isTrue();
        assertThat(DOWN.isDown("macvtap0")).isFalse();
        assertThat(DOWN.isDown("eth1")).isFalse();
        assertThat(UP.isDown("eth0")).isFalse();
    }

    @Test
    void readsRoutesThatSomebodyEntered() {
        assertThat(UP.routes())
                .containsExactly(
                        new Route("-4", "198.18.10.0/24 dev eth0 table 100 scope link"),
                        new Route("-4", "default via 198.18.9.1 dev eth0"),
                        new Route(
                                "-4",
                                "default metric 50 nexthop via 198.18.9.3 dev eth0 weight 1"
                                        + " nexthop via 198.18.9.4 dev eth0 weight 1"),
                        new Route("-4", "198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.2"),
                        new Route("-4", "203.0.113.0/24 via 198.18.9.4 dev eth0"),
                        new Route("-6", "fd00::/64 dev eth0 proto kernel metric 256 pref medium"),
                        new Route("-6", "fe80::/64 dev eth0 proto kernel metric 256 pref medium"),
                        new Route("-6", "fe80::/64 dev macvtap0 proto kernel metric 256 pref medium"),
                        new Route("-6", "default via fd00::1 dev eth0 metric 1024 pref medium"));
    }

    @Test
    void whatARouterAnnouncesIsLeftOut() {
        NetworkState state = NetworkStateText.read("""
                [{"ifname":"eth0","addr_info":[{"family":"inet6","local":"fd00::9","prefixlen":64,"dynamic":true}]}]
                --
                --
                fd00::/64 dev eth0 proto kernel metric 256 expires 86392sec pref medium
                default via fe80::1 dev eth0 proto ra metric 1024 pref medium
                --
                """);

        assertThat(state.addresses()).isEmpty();
        assertThat(state.routes()).isEmpty();
    }

    @Test
    void theSameStateNeedsNothing() {
        assertThat(new NetworkChange(UP, UP).linksBack()).isEmpty();
        assertThat(new NetworkChange(UP, UP).addressesBack(UP)).isEmpty();
        assertThat(new NetworkChange(UP, UP).routesBack(UP, "-4")).isEmpty();
    }

    @Test
    void anInterfaceIsSetUpIfItWas() {
        assertThat(new NetworkChange(UP, DOWN).linksBack()).containsExactly("link set dev eth0 up");
        assertThat(new NetworkChange(DOWN, UP).linksBack()).isEmpty();
    }

    @Test
    void anInterfaceThatWasTakenOutAndIsBackIsSetUpAsItWas() {
        NetworkState without = NetworkStateText.read(links(""));

        assertThat(new NetworkChange(UP, without).linksBack()).isEmpty();
        assertThat(new NetworkChange(UP, without.withReturned(DOWN)).linksBack())
                .containsExactly("link set dev eth0 up");
    }

    @Test
    void mtuAndMacComeBackOnEachInterface() {
        // In a container eth0 often has the higher index: it was made on the host.
        NetworkState before = NetworkStateText.read(links("""
                {"ifname":"macvtap0","link":"eth0","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:05"},
                {"ifname":"gone","link":"eth0","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:06"},
                {"ifname":"one","link":"two","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:07"},
                {"ifname":"two","link":"one","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:08"},
                {"ifname":"eth0","flags":["UP"],"mtu":1500,"address":"02:1a:12:09:00:02"}
                """));
        NetworkState after = NetworkStateText.read(links("""
                {"ifname":"macvtap0","link":"eth0","flags":["UP"],"mtu":1000,"address":"02:9e:12:09:00:05"},
                {"ifname":"one","link":"two","flags":[],"mtu":1500,"address":"02:9e:12:09:00:07"},
                {"ifname":"two","link":"one","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:08"},
                {"ifname":"eth0","flags":["UP"],"mtu":1000,"address":"02:1a:12:09:00:82"}
                """));

        assertThat(new NetworkChange(before, after).linksBack())
                .containsExactly(
                        "link set dev eth0 mtu 1500",
                        "link set dev eth0 address 02:1a:12:09:00:02",
                        "link set dev macvtap0 mtu 1500",
                        "link set dev one up");
    }

    @Test
    void lostAddressesAndNeighboursComeBackInPlaceOfTheKernelsOwn() {
        assertThat(new NetworkChange(UP, DOWN).addressesBack(UP_AGAIN))
                .containsExactly(
                        "address delete fe80::1a:12ff:fe09:2/64 dev eth0",
                        "address replace fd00::2/64 dev eth0 scope global nodad",
                        "address replace fe80::7c50:4eff:fec4:1ccd/64 dev eth0 scope link nodad",
                        "neigh replace 198.18.9.77 dev eth0 lladdr 02:9e:12:09:00:4d nud permanent");
    }

    @Test
    void lostRoutesComeBackThoseWithANextHopLast() {
        assertThat(new NetworkChange(UP, DOWN).routesBack(UP_AGAIN, "-4"))
                .containsExactly(
                        "route append 198.18.10.0/24 dev eth0 table 100 scope link",
                        "route append default via 198.18.9.1 dev eth0",
                        "route append default metric 50 nexthop via 198.18.9.3 dev eth0 weight 1"
                                + " nexthop via 198.18.9.4 dev eth0 weight 1",
                        "route append 203.0.113.0/24 via 198.18.9.4 dev eth0");
        assertThat(new NetworkChange(UP, DOWN).routesBack(UP_AGAIN, "-6"))
                .containsExactly(
                        "route add fd00::/64 dev eth0 proto kernel metric 256 pref medium",
                        "route add default via fd00::1 dev eth0 metric 1024 pref medium");
    }

    @Test
    void routesToOneDestinationComeBackInTheirOrder() {
        NetworkState before = routes("""
                198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5
                198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6
                198.18.9.0/24 dev eth2 proto kernel scope link src 198.18.9.7 metric 7
                """);
        NetworkState changed = routes("""
                198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6
                198.18.9.0/24 dev eth2 proto kernel scope link src 198.18.9.7 metric 7
                """);
        NetworkState now = routes("""
                198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6
                198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5
                198.18.9.0/24 dev eth2 proto kernel scope link src 198.18.9.7 metric 7
                """);

        assertThat(new NetworkChange(before, changed).routesBack(now, "-4"))
                .containsExactly(
                        "route delete 198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5",
                        "route delete 198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6",
                        "route append 198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5",
                        "route append 198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6");
        assertThat(new NetworkChange(before, before).routesBack(now, "-4")).isEmpty();
        // The last one is only appended.
        NetworkState otherOrder = routes("""
                198.18.9.0/24 dev eth1 proto kernel scope link src 198.18.9.6
                198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5
                """);
        assertThat(new NetworkChange(otherOrder, changed).routesBack(changed, "-4"))
                .containsExactly("route append 198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5");
    }

    private static NetworkState routes(String ipv4) {
        return NetworkStateText.read("[]\n--\n" + ipv4 + "--\n--\n");
    }

    @Test
    void aRouteOnAnInterfaceWithoutCarrierIsNotLost() {
        assertThat(new NetworkChange(UP, DOWN).routesBack(UP_AGAIN, "-6")).noneMatch(line -> line.contains("macvtap0"));
        assertThat(DOWN.routes())
                .contains(new Route("-6", "fe80::/64 dev macvtap0 proto kernel metric 256 pref medium"));
    }

    /** So is a macvtap in the second after it was made; the bench's lab was ready before that was over. */
    @Test
    void anInterfaceOfWhichNothingElseIsKnownIsUp() {
        String up = text("state-up.txt");

        assertThat(NetworkStateText.read(up.replace("\"operstate\":\"UP\"", "\"operstate\":\"UNKNOWN\"")))
                .isEqualTo(UP);
        assertThat(NetworkStateText.read(up.replace("\"operstate\":\"UP\"", "\"operstate\":\"DORMANT\"")))
                .isNotEqualTo(UP);
    }

    @Test
    void operationalStatesAreComparedWhereTheInterfaceIsStillThere() {
        assertThat(UP_AGAIN.hasOperStatesOf(UP)).isTrue();
        assertThat(DOWN.hasOperStatesOf(UP)).isFalse();
        assertThat(NetworkStateText.read(links("")).hasOperStatesOf(UP)).isTrue();
    }

    @Test
    void quotesWhatIsNoJson() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NetworkStateText.read("ip: not found\n--\n--\n--\n"))
                .withMessage("ip -j printed no JSON: ip: not found\n");
    }

    @Test
    void oneCallLooksAtAll() {
        RecordingShell shell =
                new RecordingShell(line -> new RecordingShell.CommandAnswer(0, text("state-up.txt"), ""));

        assertThat(NetworkState.of(shell)).isEqualTo(UP);
        assertThat(shell.lines()).hasSize(1);
    }

    private static String links(String json) {
        return "[" + json + "]\n--\n--\n--\n";
    }

    private static NetworkState state(String name) {
        return NetworkStateText.read(text(name));
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(NetworkStateTests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
