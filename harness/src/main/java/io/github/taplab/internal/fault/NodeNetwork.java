package io.github.taplab.internal.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.fault.NetworkState.Address;
import io.github.taplab.internal.fault.NetworkState.LinkState;
import io.github.taplab.internal.fault.NetworkState.Route;
import io.github.taplab.internal.iproute.IprouteJson;
import io.github.taplab.node.Shell;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All of a node's network that a test may have changed.
 *
 * @param state what a fault may take along
 * @param modes of its interfaces, by their names: those of {@link #MODES} that are on
 * @param rules by which it chooses a routing table, by address family as ip's option has it
 * @param proxies the neighbours that it answers for
 * @param qdiscs as tc shows them, without their handles
 * @param tables of the packet filter as nft takes them, without counters, by family and name
 */
record NodeNetwork(
        NetworkState state,
        Map<String, List<String>> modes,
        Map<String, List<String>> rules,
        List<String> proxies,
        List<String> qdiscs,
        Map<String, String> tables) {

    /** What {@code ip link set} switches on and off, and the flag that ip shows for it. */
    static final Map<String, String> MODES =
            Map.of("promisc", "PROMISC", "allmulticast", "ALLMULTI", "multicast", "MULTICAST");

    // nft indents what is in a table.
    private static final Pattern TABLE =
            Pattern.compile("^table (\\S+ \\S+) \\{.*?^}", Pattern.MULTILINE | Pattern.DOTALL);
    // The kernel counts them.
    private static final String HANDLE = "(?<=^qdisc \\S{1,32}) [0-9a-f]+:";
    private static final int PARTS = 6;
    private static final String PART = "==\n";
    // What has been learnt of neighbours is no setting: it is forgotten at each look.
    private static final String LOOK = "ip neigh flush all; " + NetworkState.LOOK
            + "; echo ==; ip -4 rule; echo ==; ip -6 rule; echo ==; ip neigh show proxy"
            + "; echo ==; tc qdisc show; echo ==; nft -s list ruleset";

    NodeNetwork {
        modes = Map.copyOf(modes);
        rules = Map.copyOf(rules);
        proxies = List.copyOf(proxies);
        qdiscs = List.copyOf(qdiscs);
        tables = Map.copyOf(tables);
    }

    /** Looks at a node, whose neighbours are forgotten unless they were entered by hand: what the commands print. */
    static String look(Shell node) {
        return node.sh(LOOK).stdout();
    }

    /** Reads what the commands print. The order of interfaces, which says who came first, is no part of it. */
    static NodeNetwork read(String output) {
        String[] parts = output.split(PART, -1);
        if (parts.length != PARTS) {
            throw new IllegalStateException("ip, tc and nft printed %d of the %d parts of a network: %s"
                    .formatted(parts.length, PARTS, output));
        }
        Map<String, List<String>> modes = new TreeMap<>();
        for (JsonNode link : IprouteJson.ip(parts[0].split("--\n", 2)[0])) {
            modes.put(
                    link.path("ifname").asText(),
                    MODES.entrySet().stream()
                            .filter(mode -> IprouteJson.hasFlag(link, mode.getValue()))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList());
        }
        return new NodeNetwork(
                sorted(NetworkStateText.read(parts[0])),
                modes,
                Map.of("-4", lines(parts[1]), "-6", lines(parts[2])),
                lines(parts[3]),
                lines(parts[4]).stream()
                        .map(line -> line.replaceFirst(HANDLE, ""))
                        .sorted()
                        .toList(),
                tables(parts[5]));
    }

    // An IPv6 route's place among those of other interfaces follows from who came first, an IPv4 route's does not.
    private static NetworkState sorted(NetworkState state) {
        return new NetworkState(
                state.links().stream()
                        .sorted(Comparator.comparing(LinkState::name))
                        .toList(),
                state.addresses().stream()
                        .sorted(Comparator.comparing(Address::link))
                        .toList(),
                state.routes().stream()
                        .sorted(Comparator.comparing(Route::family)
                                .thenComparing(route -> route.family().equals("-6") ? route.words() : ""))
                        .toList(),
                state.neighbours().stream().sorted().toList());
    }

    /** What is another thing in another state, for messages: how it was, and how it is. */
    String differencesFrom(NodeNetwork now) {
        Map<String, List<Object>> parts = new TreeMap<>();
        parts.put("interfaces", List.of(state.links(), now.state.links()));
        parts.put("addresses", List.of(state.addresses(), now.state.addresses()));
        parts.put("routes", List.of(state.routes(), now.state.routes()));
        parts.put("neighbours", List.of(state.neighbours(), now.state.neighbours()));
        parts.put("modes", List.of(modes, now.modes));
        parts.put("rules", List.of(rules, now.rules));
        parts.put("proxies", List.of(proxies, now.proxies));
        parts.put("queueing disciplines", List.of(qdiscs, now.qdiscs));
        parts.put("packet filter", List.of(tables, now.tables));
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().get(0).equals(part.getValue().get(1)))
                .map(part -> "its %s were %s and are %s"
                        .formatted(
                                part.getKey(),
                                part.getValue().get(0),
                                part.getValue().get(1)))
                .collect(Collectors.joining("; "));
    }

    private static List<String> lines(String part) {
        return part.lines().map(line -> line.replaceAll("\\s+", " ").strip()).toList();
    }

    private static Map<String, String> tables(String ruleset) {
        return TABLE.matcher(ruleset).results().collect(Collectors.toMap(table -> table.group(1), MatchResult::group));
    }
}
