package io.github.taplab.internal.fault;

import io.github.taplab.internal.fault.NetworkState.Address;
import io.github.taplab.internal.fault.NetworkState.LinkState;
import io.github.taplab.internal.fault.NetworkState.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The way from one state of a node's network to an earlier one: pure functions from what is and what was to lines that
 * ip, tc and nft read.
 *
 * @param then as it shall be again
 * @param now as it is
 */
record NetworkReturn(NodeNetwork then, NodeNetwork now) {

    // As libvirt gives one to a macvtap that a domain starts with, and not to one that is plugged in later.
    private static final Pattern PLAIN = Pattern.compile("qdisc (\\S+) dev \\S+ root refcnt \\d+");

    /** The interfaces that have come since. What hangs on one goes with it. */
    List<String> newLinks() {
        return now.state().links().stream()
                .map(LinkState::name)
                .filter(name -> then.state().link(name).isEmpty())
                .map(name -> "link delete dev " + name)
                .toList();
    }

    /** The names of interfaces that are not there any more. */
    List<String> missingLinks() {
        return then.state().links().stream()
                .map(LinkState::name)
                .filter(name -> now.state().link(name).isEmpty())
                .toList();
    }

    /** Settings of interfaces. */
    List<String> links() {
        List<String> lines = new ArrayList<>(new NetworkChange(then.state(), now.state()).linksBack());
        for (LinkState link : then.state().links()) {
            if (!link.up() && now.state().link(link.name()).map(LinkState::up).orElse(false)) {
                lines.add("link set dev %s down".formatted(link.name()));
            }
            NodeNetwork.MODES.keySet().stream()
                    .sorted()
                    .filter(mode -> isOn(then, link, mode) != isOn(now, link, mode))
                    .forEach(mode -> lines.add("link set dev %s %s %s"
                            .formatted(link.name(), mode, isOn(then, link, mode) ? "on" : "off")));
        }
        return lines;
    }

    private static boolean isOn(NodeNetwork network, LinkState link, String mode) {
        return network.modes().getOrDefault(link.name(), List.of()).contains(mode);
    }

    /** Addresses, all of an interface where one is another: the first of a network is the one that it sends from. */
    List<String> addresses() {
        List<String> lines = new ArrayList<>();
        for (LinkState link : then.state().links()) {
            List<Address> wanted = of(then, link);
            if (!wanted.equals(of(now, link))) {
                lines.add("address flush dev " + link.name());
                wanted.forEach(address -> lines.add(
                        "address replace %s dev %s %s".formatted(address.cidr(), link.name(), address.words())));
            }
        }
        return lines;
    }

    private static List<Address> of(NodeNetwork network, LinkState link) {
        return network.state().addresses().stream()
                .filter(address -> address.link().equals(link.name()))
                .toList();
    }

    /**
     * Routes of one family, all of them where one is another, since their order counts.
     *
     * @param family {@code -4} or {@code -6}
     */
    List<String> routes(String family) {
        List<Route> wanted = routes(then, family);
        List<Route> present = routes(now, family);
        if (wanted.equals(present)) {
            return List.of();
        }
        return Stream.of(
                        present.stream().map(route -> "route delete " + route.words()),
                        // A next hop must be on a link: that link's own route comes first.
                        wanted.stream().filter(route -> !route.hasNextHop()).map(Route::addition),
                        wanted.stream().filter(Route::hasNextHop).map(Route::addition))
                .flatMap(lines -> lines)
                .toList();
    }

    private static List<Route> routes(NodeNetwork network, String family) {
        return network.state().routes().stream()
                .filter(route -> route.family().equals(family))
                .toList();
    }

    /**
     * Rules for the choice of a routing table.
     *
     * @param family {@code -4} or {@code -6}
     */
    List<String> rules(String family) {
        return exchange(rules(now, family), rules(then, family), "rule delete pref ", "rule add pref ");
    }

    // "7: from all lookup 7"
    private static List<String> rules(NodeNetwork network, String family) {
        return network.rules().getOrDefault(family, List.of()).stream()
                .map(rule -> rule.replaceFirst(":", ""))
                .toList();
    }

    /** Neighbours entered by hand, and those that it answers for. */
    List<String> neighbours() {
        return Stream.concat(
                        exchange(now.state().neighbours(), then.state().neighbours(), "neigh delete ", "neigh replace ")
                                .stream(),
                        exchange(proxies(now), proxies(then), "neigh delete proxy ", "neigh replace proxy ").stream())
                .toList();
    }

    // "198.18.9.7 dev eth0 proxy": where the keyword stands tells what is shown from what is asked for.
    private static List<String> proxies(NodeNetwork network) {
        return network.proxies().stream()
                .map(proxy -> proxy.replaceFirst(" proxy$", ""))
                .toList();
    }

    private static List<String> exchange(List<String> present, List<String> wanted, String delete, String add) {
        return Stream.concat(
                        present.stream().filter(one -> !wanted.contains(one)).map(delete::concat),
                        wanted.stream().filter(one -> !present.contains(one)).map(add::concat))
                .toList();
    }

    /**
     * The tables of the packet filter, as nft takes them: those that have come since go, and others come back. One that
     * is as it was is left alone: it may be Docker's, which nft can show and not read.
     */
    List<String> tables() {
        Stream<String> changed = now.tables().entrySet().stream()
                .filter(table -> !table.getValue().equals(then.tables().get(table.getKey())))
                .map(table -> "delete table " + table.getKey());
        Stream<String> lost = then.tables().entrySet().stream()
                .filter(table -> !table.getValue().equals(now.tables().get(table.getKey())))
                .map(Map.Entry::getValue);
        return Stream.concat(changed, lost).toList();
    }

    /** Queueing disciplines, as lines for {@code tc -batch}. The first may be refused: there may be none to delete. */
    List<String> qdiscs() {
        List<String> lines = new ArrayList<>();
        for (LinkState link : then.state().links()) {
            List<String> wanted = of(link, then.qdiscs());
            if (!wanted.equals(of(link, now.qdiscs()))) {
                // An interface has one that nobody gave it, which comes back by itself.
                lines.add("qdisc delete dev %s root".formatted(link.name()));
                wanted.stream()
                        .map(PLAIN::matcher)
                        .filter(Matcher::matches)
                        .forEach(plain ->
                                lines.add("qdisc replace dev %s root %s".formatted(link.name(), plain.group(1))));
            }
        }
        return lines;
    }

    private static List<String> of(LinkState link, List<String> qdiscs) {
        return qdiscs.stream()
                .filter(line -> line.contains(" dev %s ".formatted(link.name())))
                .toList();
    }
}
