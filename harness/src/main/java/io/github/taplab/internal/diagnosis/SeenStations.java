package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.Node;
import io.github.taplab.node.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stations of a lab with the addresses that they have, for its drawing. */
public final class SeenStations {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private SeenStations() {}

    /** Looks at all nodes side by side, within five seconds; those that do not answer are not among them. */
    public static List<Station> of(List<Node> running) {
        Map<String, Node> nodes = running.stream().collect(Collectors.toMap(Node::name, Function.identity()));
        return of(
                LabTables.of(running, "", LONGEST, LONGEST),
                name -> kind(Objects.requireNonNull(nodes.get(name))),
                (name, link) -> isOnWan(Objects.requireNonNull(nodes.get(name)), link));
    }

    /**
     * The same from what was seen.
     *
     * @param kinds what a node is, by its name
     * @param onWan whether a node's interface is on the network behind the gateway
     */
    static List<Station> of(LabTables tables, Function<String, Kind> kinds, BiPredicate<String, String> onWan) {
        return tables.nodes().stream()
                .map(node -> new Station(
                        kinds.apply(node.node()),
                        node.node(),
                        node.links().stream()
                                .filter(link -> !link.name().equals("lo"))
                                // It is drawn between its guest and its parent.
                                .filter(link -> !link.kind().equals(Optional.of("macvtap")) && !isTap(tables, link))
                                .map(link -> nic(
                                        tables,
                                        node,
                                        link,
                                        network(kinds.apply(node.node()), link, onWan.test(node.node(), link.name()))))
                                .toList()))
                .toList();
    }

    private static Kind kind(Node node) {
        if (node instanceof Guest) {
            return Kind.GUEST;
        }
        if (node instanceof Launcher) {
            return Kind.LAUNCHER;
        }
        if (node instanceof Client) {
            return Kind.CLIENT;
        }
        if (node instanceof WebServer) {
            return Kind.WEB_SERVER;
        }
        return node instanceof Gateway ? Kind.GATEWAY : Kind.BRIDGE;
    }

    private static boolean isOnWan(Node node, String link) {
        if (!(node instanceof Gateway gateway)) {
            return node instanceof WebServer;
        }
        try {
            return gateway.wanNic().equals(link);
        } catch (IllegalStateException thereIsNone) {
            return false;
        }
    }

    private static boolean isTap(LabTables tables, Link link) {
        return tables.wires()
                .map(NodeTables.Wire::macvtap)
                .anyMatch(end -> end.node().equals(link.node()) && end.name().equals(link.name()));
    }

    private static Network network(Kind kind, Link link, boolean onWan) {
        if (kind == Kind.LAUNCHER && isBridge(link)) {
            return Network.INSIDE;
        }
        return onWan ? Network.WAN : Network.LAB;
    }

    private static boolean isBridge(Link link) {
        return link.kind().equals(Optional.of("bridge"));
    }

    private static Nic nic(LabTables tables, NodeTables node, Link link, Network network) {
        return new Nic(
                link.name(),
                link.mac(),
                node.globalAddresses()
                        .filter(address -> address.link().equals(link.name()))
                        .map(AssignedAddress::address)
                        .toList(),
                network,
                broken(link),
                node.wires().stream()
                        .filter(wire -> wire.nic().name().equals(link.name()))
                        .findFirst()
                        .map(wire -> wire.isMacvtap()
                                ? macvtap(wire.macvtap())
                                : tap(
                                        wire.macvtap(),
                                        bridge(tables, wire.macvtap().node()))));
    }

    private static String bridge(LabTables tables, String launcher) {
        return tables.nodes().stream()
                .filter(node -> node.node().equals(launcher))
                .flatMap(node -> node.links().stream())
                .filter(SeenStations::isBridge)
                .findFirst()
                .map(Link::name)
                .orElse("a bridge that is gone");
    }

    private static Macvtap tap(Link tap, String bridge) {
        return new Macvtap(tap.name(), tap.node(), bridge, "", tap.mac(), broken(tap));
    }

    private static Macvtap macvtap(Link macvtap) {
        return new Macvtap(
                macvtap.name(),
                macvtap.node(),
                macvtap.parent().orElse("a parent that is gone"),
                macvtap.mode().orElse(""),
                macvtap.mac(),
                broken(macvtap));
    }

    private static Optional<String> broken(Link link) {
        if (!link.up()) {
            return Optional.of("down");
        }
        return link.carrier() ? Optional.empty() : Optional.of("no carrier");
    }
}
