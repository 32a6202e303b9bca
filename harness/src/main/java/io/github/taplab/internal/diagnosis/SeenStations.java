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
                                .filter(link -> !link.kind().equals(Optional.of("macvtap")))
                                .map(link -> nic(node, link, onWan.test(node.node(), link.name())))
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

    private static Nic nic(NodeTables node, Link link, boolean onWan) {
        return new Nic(
                link.name(),
                link.mac(),
                node.globalAddresses()
                        .filter(address -> address.link().equals(link.name()))
                        .map(AssignedAddress::address)
                        .toList(),
                onWan ? Network.WAN : Network.LAB,
                broken(link),
                node.wires().stream()
                        .filter(wire -> wire.nic().name().equals(link.name()))
                        .findFirst()
                        .map(wire -> macvtap(wire.macvtap())));
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
