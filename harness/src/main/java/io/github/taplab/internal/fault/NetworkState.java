package io.github.taplab.internal.fault;

import io.github.taplab.node.Shell;
import java.util.List;
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

    static final String LOOK = "ip -j address show; echo --;"
            + " ip -o -4 route show table all; echo --;"
            + " ip -o -6 route show table all; echo --;"
            + " ip -o neigh show nud permanent";

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
     * @param master name of the bridge of which it is a port; empty where it is none
     * @param operState what becomes of being up, such as {@code UP} or {@code LOWERLAYERDOWN}; {@code UP} also of an
     *     interface of which the kernel knows nothing else
     */
    record LinkState(String name, String parent, String master, boolean up, int mtu, String mac, String operState) {}

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

        boolean hasNextHop() {
            return words.contains(" via ");
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
        return NetworkStateText.read(node.sh(LOOK).stdout());
    }

    /** The same with the interfaces that have come since, as they are now. */
    NetworkState withReturned(NetworkState now) {
        List<LinkState> present = Stream.concat(
                        links.stream(),
                        now.links.stream().filter(link -> link(link.name()).isEmpty()))
                .toList();
        return new NetworkState(present, addresses, routes, neighbours);
    }

    Optional<LinkState> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Whether each interface that is still there is in the same operational state. */
    boolean hasOperStatesOf(NetworkState before) {
        return before.links.stream()
                .allMatch(then -> link(then.name())
                        .map(now -> now.operState().equals(then.operState()))
                        .orElse(true));
    }

    /** Whether an interface is there and down. */
    boolean isDown(String name) {
        return link(name).filter(link -> link.operState().equals("DOWN")).isPresent();
    }

    /** The operational states, for messages. */
    String describeOperStates() {
        return links.stream().map(link -> link.name() + " " + link.operState()).collect(Collectors.joining(", "));
    }
}
