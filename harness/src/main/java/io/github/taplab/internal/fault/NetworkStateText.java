package io.github.taplab.internal.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.fault.NetworkState.Address;
import io.github.taplab.internal.fault.NetworkState.LinkState;
import io.github.taplab.internal.fault.NetworkState.Route;
import io.github.taplab.internal.iproute.IprouteJson;
import io.github.taplab.internal.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** Reads what ip prints of a node's network: a pure function from text to values. */
final class NetworkStateText {

    private static final int PARTS = 4;
    private static final String SECTION = "--\n";
    private static final String ANNOUNCED = "expires|proto ra";

    private NetworkStateText() {}

    /** Reads the four commands' output. */
    static NetworkState read(String output) {
        String[] sections = output.split(SECTION, -1);
        if (sections.length != PARTS) {
            throw new IllegalStateException("ip printed %d of the %d parts of a network's state: %s"
                    .formatted(sections.length, PARTS, Visible.lines(output)));
        }
        List<LinkState> links = new ArrayList<>();
        List<Address> addresses = new ArrayList<>();
        for (JsonNode link : IprouteJson.ip(sections[0])) {
            String name = link.path("ifname").asText();
            links.add(new LinkState(
                    name,
                    link.path("link").asText(),
                    link.path("master").asText(),
                    IprouteJson.hasFlag(link, "UP"),
                    link.path("mtu").asInt(),
                    link.path("address").asText(),
                    operState(link.path("operstate").asText())));
            for (JsonNode address : link.path("addr_info")) {
                if (!address.path("dynamic").asBoolean()) {
                    addresses.add(address(name, address));
                }
            }
        }
        List<Route> routes = new ArrayList<>();
        lines(sections[1]).forEach(line -> routes.add(new Route("-4", line)));
        lines(sections[2]).forEach(line -> routes.add(new Route("-6", line)));
        routes.removeIf(route -> route.words().matches(".*\\b(table local|" + ANNOUNCED + ")\\b.*"));
        // "198.18.9.4 dev eth0 lladdr 02:… PERMANENT": the state needs its keyword.
        List<String> neighbours = lines(sections[3]).stream()
                .map(line -> line.replaceFirst(" (router )?PERMANENT$", " nud permanent"))
                .toList();
        return new NetworkState(links, addresses, routes, neighbours);
    }

    // Both work (RFC 2863): a driver may tell nothing, and a new interface is UNKNOWN for up to a second, until the
    // kernel calls it UP. A lab that was ready sooner was seen never to come back to a macvtap that was UNKNOWN.
    private static String operState(String told) {
        return told.equals("UNKNOWN") ? "UP" : told;
    }

    private static Address address(String link, JsonNode address) {
        StringBuilder words = new StringBuilder();
        if (address.has("broadcast")) {
            words.append("broadcast ")
                    .append(address.path("broadcast").asText())
                    .append(' ');
        }
        words.append("scope ").append(address.path("scope").asText());
        if (address.path("noprefixroute").asBoolean()) {
            words.append(" noprefixroute");
        }
        if (address.path("family").asText().equals("inet6")) {
            // It was found to be unique when it came.
            words.append(" nodad");
        }
        String cidr =
                address.path("local").asText() + "/" + address.path("prefixlen").asInt();
        return new Address(link, cidr, words.toString());
    }

    private static List<String> lines(String section) {
        return section.lines()
                // -o writes a line's end as a backslash; the flags say what has become of a route.
                .map(line -> line.replace('\\', ' ').replaceAll(" (linkdown|dead|offload|trap)\\b", ""))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
