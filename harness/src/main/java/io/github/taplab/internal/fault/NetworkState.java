package io.github.taplab.internal.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.node.Shell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a change of an interface may take along: the interfaces, their addresses, routes and neighbours entered by hand.
 * What a router announces is left out, it comes back by itself, and so is what the kernel derives from addresses.
 *
 * @param links all interfaces
 * @param addresses of all interfaces
 * @param routes of all tables, each as {@code ip route add} takes it, without the address family
 * @param neighbours each as {@code ip neigh replace} takes it
 */
record NetworkState(List<LinkState> links, List<Address> addresses, List<Route> routes, List<String> neighbours) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int PARTS = 4;
    private static final String SECTION = "--\n";
    private static final String ANNOUNCED = "expires|proto ra";

    NetworkState {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
    }

    /**
     * An interface.
     *
     * @param parent name of the interface on which it hangs; empty where that is in another namespace
     * @param operState what becomes of being up, such as {@code UP} or {@code LOWERLAYERDOWN}
     */
    record LinkState(String name, String parent, boolean up, int mtu, String mac, String operState) {}

    /** An address of an interface; {@code words} is what {@code ip address add} takes after it. */
    record Address(String link, String cidr, String words) {

        boolean isLinkLocal() {
            return words.contains("scope link");
        }

        boolean isSameAs(Address other) {
            return link.equals(other.link) && cidr.equals(other.cidr);
        }
    }

    /** A route: the address family, {@code -4} or {@code -6}, and the words. */
    record Route(String family, String words) {

        private static final Pattern TABLE_OR_METRIC = Pattern.compile("\\b(?:table|metric) \\S+");

        String addition() {
            // "add" refuses a second IPv4 route to a destination.
            return (family.equals("-4") ? "route append " : "route add ") + words;
        }

        /** What it has in common with the routes that it competes with. */
        String destination() {
            return words.split(" ", 2)[0]
                    + TABLE_OR_METRIC
                            .matcher(words)
                            .results()
                            .map(MatchResult::group)
                            .toList();
        }
    }

    /** Looks at a node. */
    static NetworkState of(Shell node) {
        // One call for all: a call costs more than the commands in it.
        return read(node.sh("ip -j address show; echo --;"
                        + " ip -o -4 route show table all; echo --;"
                        + " ip -o -6 route show table all; echo --;"
                        + " ip -o neigh show nud permanent")
                .stdout());
    }

    /** Reads the four commands' output. */
    static NetworkState read(String output) {
        String[] sections = output.split(SECTION, -1);
        if (sections.length != PARTS) {
            throw new IllegalStateException(
                    "ip printed %d of the %d parts of a network's state: %s".formatted(sections.length, PARTS, output));
        }
        List<LinkState> links = new ArrayList<>();
        List<Address> addresses = new ArrayList<>();
        for (JsonNode link : json(sections[0])) {
            String name = link.path("ifname").asText();
            links.add(new LinkState(
                    name,
                    link.path("link").asText(),
                    contains(link.path("flags"), "UP"),
                    link.path("mtu").asInt(),
                    link.path("address").asText(),
                    link.path("operstate").asText()));
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

    /** The same with the interfaces that have come since, as they are now. */
    NetworkState withReturned(NetworkState now) {
        List<LinkState> present = Stream.concat(
                        links.stream(),
                        now.links.stream().filter(link -> link(link.name()).isEmpty()))
                .toList();
        return new NetworkState(present, addresses, routes, neighbours);
    }

    /** What has to be done to the interfaces after a change of this state, as lines for {@code ip -batch}. */
    List<String> linksBack(NetworkState changed) {
        // A parent comes first: its MTU is the most that what hangs on it can have.
        return links.stream()
                .sorted(Comparator.comparingInt(this::depth))
                .flatMap(before -> changed.link(before.name()).stream().flatMap(after -> back(before, after).stream()))
                .toList();
    }

    private int depth(LinkState link) {
        int depth = 0;
        Optional<LinkState> parent = link(link.parent());
        // The two ends of a veth pair name each other as parents.
        while (parent.isPresent() && depth < links.size()) {
            parent = link(parent.get().parent());
            depth++;
        }
        return depth;
    }

    private Optional<LinkState> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    private static List<String> back(LinkState before, LinkState after) {
        List<String> lines = new ArrayList<>();
        if (before.mtu() != after.mtu()) {
            lines.add("link set dev %s mtu %d".formatted(before.name(), before.mtu()));
        }
        if (!before.mac().equals(after.mac())) {
            lines.add("link set dev %s address %s".formatted(before.name(), before.mac()));
        }
        if (before.up() && !after.up()) {
            lines.add("link set dev %s up".formatted(before.name()));
        }
        return lines;
    }

    /** The addresses and neighbours that a change of this state took along. */
    List<String> addressesBack(NetworkState changed, NetworkState now) {
        List<String> lines = new ArrayList<>();
        // With an interface the kernel sets a link-local address up, perhaps another one than before, and for a second
        // or two it can't be used: the kernel looks for a duplicate. The one that was there had been looked at.
        now.addresses.stream()
                .filter(address ->
                        address.isLinkLocal() && changed.addresses.stream().noneMatch(address::isSameAs))
                .forEach(address -> lines.add("address delete %s dev %s".formatted(address.cidr(), address.link())));
        addresses.stream()
                .filter(address -> changed.addresses.stream().noneMatch(address::isSameAs))
                // Not "add": the kernel's own link-local address may appear at any moment after its interface is up.
                .forEach(address -> lines.add(
                        "address replace %s dev %s %s".formatted(address.cidr(), address.link(), address.words())));
        neighbours.stream()
                .filter(entry -> !changed.neighbours.contains(entry))
                .forEach(entry -> lines.add("neigh replace " + entry));
        return lines;
    }

    /**
     * What brings back the routes that a change of this state took along. Of several routes to one destination the
     * kernel takes the first, so those that stood behind a lost one have to step back behind it again.
     */
    List<String> routesBack(NetworkState changed, NetworkState now, String family) {
        List<String> deleted = new ArrayList<>();
        List<Route> added = new ArrayList<>();
        for (List<Route> alternatives : byDestination(family)) {
            List<Route> fromFirstLost = alternatives.stream()
                    .dropWhile(changed.routes::contains)
                    // What somebody else has deleted in the meantime stays deleted.
                    .filter(route -> !changed.routes.contains(route) || now.routes.contains(route))
                    .toList();
            // IPv6 keeps the routes of each interface apart.
            boolean anyStayed = family.equals("-4") && fromFirstLost.stream().anyMatch(changed.routes::contains);
            for (Route route : fromFirstLost) {
                if (!now.routes.contains(route)) {
                    added.add(route);
                } else if (anyStayed) {
                    deleted.add("route delete " + route.words());
                    added.add(route);
                }
            }
        }
        // A next hop must be on a link: that link's own route comes first.
        added.sort((one, other) -> Boolean.compare(hasNextHop(one), hasNextHop(other)));
        return Stream.concat(deleted.stream(), added.stream().map(Route::addition))
                .toList();
    }

    private Collection<List<Route>> byDestination(String family) {
        Map<String, List<Route>> destinations = new LinkedHashMap<>();
        routes.stream()
                .filter(route -> route.family().equals(family))
                .forEach(route -> destinations
                        .computeIfAbsent(route.destination(), unused -> new ArrayList<>())
                        .add(route));
        return destinations.values();
    }

    private static boolean hasNextHop(Route route) {
        return route.words().contains(" via ");
    }

    /** Whether each interface that is still there is in the same operational state. */
    boolean hasOperStatesOf(NetworkState before) {
        return before.links.stream()
                .allMatch(then -> link(then.name())
                        .map(now -> now.operState().equals(then.operState()))
                        .orElse(true));
    }

    /** The operational states, for messages. */
    String describeOperStates() {
        return links.stream().map(link -> link.name() + " " + link.operState()).collect(Collectors.joining(", "));
    }

    private static List<String> lines(String section) {
        return section.lines()
                // -o writes a line's end as a backslash; the flags say what has become of a route.
                .map(line -> line.replace('\\', ' ').replaceAll(" (linkdown|dead|offload|trap)\\b", ""))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ip -j printed no JSON: " + text, e);
        }
    }

    private static boolean contains(JsonNode array, String value) {
        for (JsonNode entry : array) {
            if (entry.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
