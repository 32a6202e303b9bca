package io.github.taplab.internal.fault;

import io.github.taplab.internal.fault.NetworkState.LinkState;
import io.github.taplab.internal.fault.NetworkState.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A change of a node's network, and the way back.
 *
 * @param before as it was
 * @param changed as it was right after the change
 */
record NetworkChange(NetworkState before, NetworkState changed) {

    /** What has to be done to the interfaces, as lines for {@code ip -batch}. */
    List<String> linksBack() {
        // A parent comes first: its MTU is the most that what hangs on it can have.
        return before.links().stream()
                .sorted(Comparator.comparingInt(this::depth))
                .flatMap(then -> changed.link(then.name()).stream().flatMap(now -> back(then, now).stream()))
                .toList();
    }

    private int depth(LinkState link) {
        int depth = 0;
        Optional<LinkState> parent = before.link(link.parent());
        // The two ends of a veth pair name each other as parents.
        while (parent.isPresent() && depth < before.links().size()) {
            parent = before.link(parent.get().parent());
            depth++;
        }
        return depth;
    }

    private static List<String> back(LinkState then, LinkState now) {
        List<String> lines = new ArrayList<>();
        if (!then.master().equals(now.master())) {
            lines.add("link set dev %s %s"
                    .formatted(then.name(), then.master().isEmpty() ? "nomaster" : "master " + then.master()));
        }
        if (then.mtu() != now.mtu()) {
            lines.add("link set dev %s mtu %d".formatted(then.name(), then.mtu()));
        }
        if (!then.mac().equals(now.mac())) {
            lines.add("link set dev %s address %s".formatted(then.name(), then.mac()));
        }
        if (then.up() && !now.up()) {
            lines.add("link set dev %s up".formatted(then.name()));
        }
        return lines;
    }

    /** The addresses and neighbours that the change took along. */
    List<String> addressesBack(NetworkState now) {
        List<String> lines = new ArrayList<>();
        // With an interface the kernel sets a link-local address up, perhaps another one than before, and for a second
        // or two it can't be used: the kernel looks for a duplicate. The one that was there had been looked at.
        now.addresses().stream()
                .filter(address ->
                        address.isLinkLocal() && changed.addresses().stream().noneMatch(address::isSameAs))
                .forEach(address -> lines.add("address delete %s dev %s".formatted(address.cidr(), address.link())));
        before.addresses().stream()
                .filter(address -> changed.addresses().stream().noneMatch(address::isSameAs))
                // Not "add": the kernel's own link-local address may appear at any moment after its interface is up.
                .forEach(address -> lines.add(
                        "address replace %s dev %s %s".formatted(address.cidr(), address.link(), address.words())));
        before.neighbours().stream()
                .filter(entry -> !changed.neighbours().contains(entry))
                .forEach(entry -> lines.add("neigh replace " + entry));
        return lines;
    }

    /**
     * What brings back the routes that the change took along. Of several routes to one destination the kernel takes the
     * first, so those that stood behind a lost one have to step back behind it again.
     */
    List<String> routesBack(NetworkState now, String family) {
        List<String> deleted = new ArrayList<>();
        List<Route> added = new ArrayList<>();
        for (List<Route> alternatives : byDestination(family)) {
            List<Route> fromFirstLost = alternatives.stream()
                    .dropWhile(changed.routes()::contains)
                    // What somebody else has deleted in the meantime stays deleted.
                    .filter(route ->
                            !changed.routes().contains(route) || now.routes().contains(route))
                    .toList();
            // IPv6 keeps the routes of each interface apart.
            boolean anyStayed = family.equals("-4") && fromFirstLost.stream().anyMatch(changed.routes()::contains);
            for (Route route : fromFirstLost) {
                if (!now.routes().contains(route)) {
                    added.add(route);
                } else if (anyStayed) {
                    deleted.add("route delete " + route.words());
                    added.add(route);
                }
            }
        }
        // A next hop must be on a link: that link's own route comes first.
        added.sort((one, other) -> Boolean.compare(one.hasNextHop(), other.hasNextHop()));
        return Stream.concat(deleted.stream(), added.stream().map(Route::addition))
                .toList();
    }

    private Collection<List<Route>> byDestination(String family) {
        Map<String, List<Route>> destinations = new LinkedHashMap<>();
        before.routes().stream()
                .filter(route -> route.family().equals(family))
                .forEach(route -> destinations
                        .computeIfAbsent(route.destination(), unused -> new ArrayList<>())
                        .add(route));
        return destinations.values();
    }
}
