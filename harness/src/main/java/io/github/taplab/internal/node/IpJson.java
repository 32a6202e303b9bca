package io.github.taplab.internal.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.iproute.IprouteJson;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what {@code ip -j} prints: pure functions from text to records. */
final class IpJson {

    private static final String NO_MAC = "00:00:00:00:00:00";
    private static final Set<String> REFUSALS = Set.of("unreachable", "prohibit", "blackhole", "throw");
    private static final Set<String> ETHERNET = Set.of("ether", "loopback");

    private IpJson() {}

    /** Reads {@code ip -j -details -statistics link show}. */
    static List<Link> links(String node, String json) {
        return understood(json, entries -> links(node, entries));
    }

    private static List<Link> links(String node, JsonNode entries) {
        List<Link> links = new ArrayList<>();
        for (JsonNode entry : entries) {
            JsonNode info = entry.path("linkinfo");
            JsonNode statistics = entry.path("stats64");
            links.add(new Link(
                    node,
                    entry.path("ifname").asText(),
                    entry.path("ifindex").asInt(),
                    mac(entry),
                    text(info, "info_kind"),
                    text(entry, "link"),
                    text(info.path("info_data"), "mode"),
                    IprouteJson.hasFlag(entry, "UP"),
                    IprouteJson.hasFlag(entry, "LOWER_UP"),
                    entry.path("operstate").asText().toLowerCase(Locale.ROOT),
                    entry.path("mtu").asInt(),
                    statistics.path("rx").path("packets").asLong(),
                    statistics.path("tx").path("packets").asLong(),
                    // Counters: the kernel switches these on by itself too, as it does for a macvtap's parent.
                    entry.path("promiscuity").asInt() > 0,
                    entry.path("allmulti").asInt() > 0 || IprouteJson.hasFlag(entry, "ALLMULTI")));
        }
        return links;
    }

    // The address of a tunnel is where it begins: an IP address, or half of one.
    private static MacAddress mac(JsonNode entry) {
        boolean ethernet = ETHERNET.contains(entry.path("link_type").asText("ether"));
        return MacAddress.of(ethernet ? entry.path("address").asText(NO_MAC) : NO_MAC);
    }

    /** Reads {@code ip -j address show}. */
    static List<AssignedAddress> addresses(String json) {
        return understood(json, entries -> addresses(entries));
    }

    private static List<AssignedAddress> addresses(JsonNode entries) {
        List<AssignedAddress> addresses = new ArrayList<>();
        for (JsonNode link : entries) {
            for (JsonNode entry : link.path("addr_info")) {
                InterfaceIp address = new InterfaceIp(
                        InterfaceIp.ip(entry.path("local").asText()),
                        entry.path("prefixlen").asInt());
                addresses.add(new AssignedAddress(
                        link.path("ifname").asText(),
                        address,
                        entry.path("scope").asText(),
                        entry.path("tentative").asBoolean(),
                        entry.path("dadfailed").asBoolean()));
            }
        }
        return addresses;
    }

    /** Reads {@code ip -j -4 route show}, or {@code -6}: neither says in its entries which it is. */
    static List<Route> routes(boolean ipv4, String json) {
        return understood(json, entries -> routes(ipv4, entries));
    }

    private static List<Route> routes(boolean ipv4, JsonNode entries) {
        List<Route> routes = new ArrayList<>();
        for (JsonNode entry : entries) {
            Prefix destination = destination(ipv4, entry.path("dst").asText());
            JsonNode hops = entry.path("nexthops");
            if (hops.isEmpty()) {
                routes.add(new Route(
                        destination,
                        nextHop(entry),
                        entry.path("dev").asText(),
                        text(entry, "type").filter(REFUSALS::contains)));
            }
            for (JsonNode hop : hops) {
                routes.add(new Route(destination, nextHop(hop), hop.path("dev").asText()));
            }
        }
        return routes;
    }

    // One host's is printed without a length.
    private static Prefix destination(boolean ipv4, String printed) {
        if (printed.equals("default")) {
            return ipv4 ? Prefix.ALL_IPV4 : Prefix.ALL_IPV6;
        }
        return printed.contains("/") ? Prefix.of(printed) : Prefix.of(printed + (ipv4 ? "/32" : "/128"));
    }

    // An IPv4 route may lead to an IPv6 hop (RFC 5549), which is printed elsewhere.
    private static Optional<InetAddress> nextHop(JsonNode entry) {
        return text(entry, "gateway").or(() -> text(entry.path("via"), "host")).map(InterfaceIp::ip);
    }

    /** Reads {@code ip -j neigh show dev <link>}, which leaves the interface out. */
    static List<Neighbour> neighbours(String link, String json) {
        return understood(json, entries -> neighbours(link, entries));
    }

    private static List<Neighbour> neighbours(String link, JsonNode entries) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode entry : entries) {
            List<String> states = new ArrayList<>();
            entry.path("state").forEach(state -> states.add(state.asText()));
            neighbours.add(new Neighbour(
                    InterfaceIp.ip(entry.path("dst").asText()),
                    link,
                    text(entry, "lladdr").map(MacAddress::of),
                    states));
        }
        return neighbours;
    }

    /** The multicast MAC addresses in {@code ip -j maddress show dev <link>}. */
    static List<MacAddress> groups(String json) {
        return groups(json, entry -> true);
    }

    /** Those of them that {@code ip maddress add} joined. */
    static List<MacAddress> groupsJoinedByHand(String json) {
        return groups(json, entry -> entry.path("features").asText().contains("static"));
    }

    private static List<MacAddress> groups(String json, Predicate<JsonNode> wanted) {
        return understood(json, entries -> groups(entries, wanted));
    }

    private static List<MacAddress> groups(JsonNode entries, Predicate<JsonNode> wanted) {
        List<MacAddress> groups = new ArrayList<>();
        for (JsonNode link : entries) {
            for (JsonNode entry : link.path("maddr")) {
                if (entry.has("link") && wanted.test(entry)) {
                    groups.add(MacAddress.of(entry.path("link").asText()));
                }
            }
        }
        return groups;
    }

    /** Whether the only interface in {@code ip -j link show dev <link>} has a flag. */
    static boolean hasFlag(String json, String flag) {
        return IprouteJson.hasFlag(IprouteJson.ip(json).path(0), flag);
    }

    // What ip prints is no argument of the caller's, and a guest may have named what is in it.
    private static <T> T understood(String json, Function<JsonNode, T> reader) {
        try {
            return reader.apply(IprouteJson.ip(json));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    Visible.lines("ip -j printed what is not understood, %s: %s".formatted(e.getMessage(), json)), e);
        }
    }

    private static Optional<String> text(JsonNode entry, String field) {
        @Nullable JsonNode value = entry.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }
}
