package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The samples are iproute2 6.1's output in a network namespace with a veth and a macvtap on it. */
class IpJsonTests {

    private static final MacAddress PARENT_MAC = MacAddress.of("02:1a:12:09:00:02");
    private static final MacAddress MACVTAP_MAC = MacAddress.of("02:9e:12:09:00:05");

    /**
     * Every network namespace has these where the modules ipip and sit are loaded
     * (net.core.fb_tunnels_only_for_init_net).
     */
    @Test
    void aTunnelHasNoMacAddress() {
        String json = """
                [{"ifindex":2,"link":null,"ifname":"tunl0","flags":["NOARP"],"mtu":1480,"qdisc":"noop",
                  "operstate":"DOWN","link_type":"ipip","address":"0.0.0.0","broadcast":"0.0.0.0"},
                 {"ifindex":3,"link":null,"ifname":"ip6tnl0","flags":["NOARP"],"mtu":1452,"qdisc":"noop",
                  "operstate":"DOWN","link_type":"tunnel6","address":"::","broadcast":"::"},
                 {"ifindex":4,"ifname":"tun0","flags":["NOARP"],"mtu":1500,"qdisc":"noop",
                  "operstate":"DOWN","link_type":"none"}]""";

        assertThat(IpJson.links("launcher", json))
                .extracting(Link::name, Link::mac)
                .containsExactly(
                        tuple("tunl0", new MacAddress(0)),
                        tuple("ip6tnl0", new MacAddress(0)),
                        tuple("tun0", new MacAddress(0)));
    }

    @Test
    void readsLinksInTheKernelsOrder() {
        assertThat(IpJson.links("launcher", sample("ip-link.json")))
                .containsExactly(
                        new Link(
                                "launcher",
                                "lo",
                                1,
                                new MacAddress(0),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                true,
                                "unknown",
                                65_536,
                                0,
                                0,
                                false,
                                false),
                        new Link(
                                "launcher",
                                "eth0",
                                2,
                                PARENT_MAC,
                                Optional.of("veth"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                true,
                                "up",
                                1500,
                                5,
                                10,
                                true,
                                false),
                        new Link(
                                "launcher",
                                "macvtap0",
                                3,
                                MACVTAP_MAC,
                                Optional.of("macvtap"),
                                Optional.of("eth0"),
                                Optional.of("bridge"),
                                true,
                                true,
                                "up",
                                1500,
                                0,
                                5,
                                false,
                                false));
    }

    @Test
    void linkIsDownWithoutItsFlag() {
        assertThat(IpJson.links("client", "[{\"ifname\":\"eth0\",\"flags\":[\"BROADCAST\",\"LOWER_UP\"]}]"))
                .singleElement()
                .satisfies(link -> assertThat(link.up()).isFalse());
    }

    @Test
    void allMulticastIsReadFromTheFlagsWhereTheCounterIsMissing() {
        assertThat(IpJson.links(
                        "guest",
                        "[{\"ifname\":\"eth0\",\"flags\":[\"ALLMULTI\",\"UP\",\"LOWER_UP\"],\"promiscuity\":0}]"))
                .singleElement()
                .satisfies(link -> {
                    assertThat(link.allMulticast()).isTrue();
                    assertThat(link.promiscuous()).isFalse();
                    assertThat(link.toString()).endsWith(", up, all multicast)");
                });
    }

    @Test
    void readsWhatDuplicateAddressDetectionSays() {
        assertThat(IpJson.addresses(sample("ip-address-dad.json")))
                .containsExactly(
                        new AssignedAddress("eth0", InterfaceIp.of("198.18.9.5/24"), "global"),
                        new AssignedAddress("eth0", InterfaceIp.of("fd00:1::7/64"), "global", true, false),
                        new AssignedAddress("eth0", InterfaceIp.of("fd00:1::9/64"), "global", true, true),
                        new AssignedAddress("eth0", InterfaceIp.of("fd00:1::5/64"), "global"),
                        new AssignedAddress("eth0", InterfaceIp.of("fe80::42:c6ff:fe13:fa05/64"), "link"))
                .extracting(AssignedAddress::toString)
                .contains(
                        "fd00:1::7/64 dev eth0 scope global tentative",
                        "fd00:1::9/64 dev eth0 scope global tentative dadfailed",
                        "fd00:1::5/64 dev eth0 scope global");
    }

    @Test
    void readsAddressesOfAllLinks() {
        assertThat(IpJson.addresses(sample("ip-address.json")))
                .containsExactly(
                        new AssignedAddress("lo", InterfaceIp.of("127.0.0.1/8"), "host"),
                        new AssignedAddress("lo", InterfaceIp.of("::1/128"), "host"),
                        new AssignedAddress("eth0", InterfaceIp.of("198.18.9.2/24"), "global"),
                        new AssignedAddress("eth0", InterfaceIp.of("fe80::1a:12ff:fe09:2/64"), "link"),
                        new AssignedAddress("macvtap0", InterfaceIp.of("fe80::9e:12ff:fe09:5/64"), "link"));
    }

    @Test
    void readsRoutesWithAndWithoutNextHop() {
        assertThat(IpJson.routes(true, sample("ip-route.json")))
                .containsExactly(
                        new Route(Prefix.ALL_IPV4, Optional.of(InterfaceIp.ip("198.18.9.1")), "eth0"),
                        new Route(Prefix.of("198.18.9.0/24"), Optional.empty(), "eth0"),
                        new Route(Prefix.of("203.0.113.0/24"), Optional.of(InterfaceIp.ip("198.18.9.4")), "eth0"));
    }

    @Test
    void readsRoutesOfIpv6() {
        assertThat(IpJson.routes(false, sample("ip-6-route.json")))
                .containsExactly(
                        new Route(Prefix.of("2001:db8:7::7/128"), Optional.empty(), "eth0"),
                        new Route(Prefix.of("2001:db8:8::/48"), Optional.of(InterfaceIp.ip("fd00:9::5")), "eth0"),
                        new Route(Prefix.of("2001:db8:9::/48"), Optional.of(InterfaceIp.ip("fd00:9::6")), "eth0"),
                        new Route(Prefix.of("2001:db8:9::/48"), Optional.of(InterfaceIp.ip("fd00:9::7")), "eth0"),
                        new Route(Prefix.of("2001:db8:dead::/48"), Optional.empty(), "lo", Optional.of("unreachable")),
                        new Route(Prefix.of("fd00:9::/64"), Optional.empty(), "eth0"),
                        new Route(Prefix.of("fe80::/64"), Optional.empty(), "peer"),
                        new Route(Prefix.of("fe80::/64"), Optional.empty(), "eth0"),
                        new Route(Prefix.ALL_IPV6, Optional.of(InterfaceIp.ip("fd00:9::1")), "eth0"));
    }

    @Test
    void readsIpv4RoutesToOneHostAndThroughIpv6() {
        assertThat(IpJson.routes(true, sample("ip-route-hosts.json")))
                .containsExactly(
                        new Route(Prefix.of("198.18.9.0/24"), Optional.empty(), "eth0"),
                        new Route(Prefix.of("203.0.113.7/32"), Optional.of(InterfaceIp.ip("198.18.9.4")), "eth0"),
                        new Route(Prefix.of("203.0.113.64/26"), Optional.of(InterfaceIp.ip("fd00:9::5")), "eth0"),
                        new Route(Prefix.of("203.0.113.128/26"), Optional.empty(), "", Optional.of("blackhole")));
    }

    @Test
    void readsNeighboursThatAnsweredAndThoseThatDidNot() {
        assertThat(IpJson.neighbours("eth0", sample("ip-neigh.json")))
                .containsExactly(
                        new Neighbour(
                                InterfaceIp.ip("198.18.9.4"),
                                "eth0",
                                Optional.of(MacAddress.of("02:c1:12:09:00:04")),
                                List.of("REACHABLE")),
                        new Neighbour(
                                InterfaceIp.ip("198.18.9.9"),
                                "eth0",
                                Optional.of(MacAddress.of("02:9e:12:09:00:09")),
                                List.of("PERMANENT")),
                        new Neighbour(InterfaceIp.ip("198.18.9.77"), "eth0", Optional.empty(), List.of("FAILED")));
    }

    @Test
    void emptyTablesHaveNoEntries() {
        assertThat(IpJson.links("client", "[]")).isEmpty();
        assertThat(IpJson.addresses("[{},{}]")).isEmpty();
        assertThat(IpJson.routes(false, "[ ]")).isEmpty();
        assertThat(IpJson.neighbours("eth0", "[]\n")).isEmpty();
    }

    @Test
    void quotesWhatIsNoJson() {
        assertThatIllegalStateException()
                .isThrownBy(() -> IpJson.links("client", "Device \"eth7\" does not exist."))
                .withMessage("ip -j printed no JSON: Device \"eth7\" does not exist.");
    }

    private static String sample(String name) {
        try (InputStream in = Objects.requireNonNull(IpJsonTests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
