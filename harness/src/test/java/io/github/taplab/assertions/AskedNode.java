package io.github.taplab.assertions;

import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Route;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * What a node answers that is asked in a test of assertions.
 *
 * @param nic its only interface
 * @param ping what comes of each ping
 */
record AskedNode(
        Link nic, List<AssignedAddress> addresses, List<Route> routes, List<Neighbour> neighbours, PingResult ping) {

    Node node() {
        return (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(),
                new Class<?>[] {Node.class},
                (unused, method, arguments) -> switch (method.getName()) {
                    case "name", "toString" -> nic.node();
                    case "nic" -> nic.name();
                    case "link" -> nic;
                    case "addresses" -> addresses;
                    case "routes" -> routes;
                    case "neighbours" -> neighbours;
                    case "ping" -> ping;
                    case "ip" -> ping.to();
                    case "flushNeighbours" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    AskedNode with(Link other) {
        return new AskedNode(other, addresses, routes, neighbours, ping);
    }

    AskedNode with(AssignedAddress... others) {
        return new AskedNode(nic, List.of(others), routes, neighbours, ping);
    }

    AskedNode with(Route... others) {
        return new AskedNode(nic, addresses, List.of(others), neighbours, ping);
    }

    AskedNode with(Neighbour... others) {
        return new AskedNode(nic, addresses, routes, List.of(others), ping);
    }

    AskedNode with(PingResult other) {
        return new AskedNode(nic, addresses, routes, neighbours, other);
    }
}
