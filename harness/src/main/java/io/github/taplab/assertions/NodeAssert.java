package io.github.taplab.assertions;

import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a node as it is at this moment. */
@API(status = Status.STABLE, since = "0.1.0")
public final class NodeAssert extends AbstractAssert<NodeAssert, Node> {

    NodeAssert(Node actual) {
        super(actual, NodeAssert.class);
    }

    /** Its NIC has this Ethernet address. */
    public NodeAssert hasMac(MacAddress expected) {
        new LinkAssert(actual.link(actual.nic())).hasMac(expected);
        return this;
    }

    /** Its NIC has no IPv4 address. */
    public NodeAssert hasNoIpv4Address() {
        List<AssignedAddress> found =
                actual.addresses().stream().filter(AssignedAddress::isIpv4).toList();
        return check(found.isEmpty(), "no IPv4 address on " + actual.nic(), found);
    }

    /** Its NIC has this address. */
    public NodeAssert hasAddress(InetAddress ip) {
        List<AssignedAddress> found = actual.addresses();
        return check(
                found.stream().anyMatch(address -> address.address().ip().equals(ip)),
                "address %s on %s".formatted(InterfaceIp.text(ip), actual.nic()),
                found);
    }

    /** Duplicate address detection found another station that has this IPv6 address; the node does not use it. */
    public NodeAssert hasDuplicateAddress(InetAddress ip) {
        List<AssignedAddress> found = actual.addresses();
        return check(
                found.stream().anyMatch(address -> address.address().ip().equals(ip) && address.dadFailed()),
                "address %s on %s, detected as a duplicate (dadfailed)".formatted(InterfaceIp.text(ip), actual.nic()),
                found);
    }

    /** Its NIC has this address and may use it: duplicate address detection neither goes on nor has failed. */
    public NodeAssert hasUsableAddress(InetAddress ip) {
        List<AssignedAddress> found = actual.addresses();
        return check(
                found.stream().anyMatch(address -> address.address().ip().equals(ip) && address.isUsable()),
                "address %s on %s, neither tentative nor a duplicate".formatted(InterfaceIp.text(ip), actual.nic()),
                found);
    }

    /** It has no IPv4 default route. */
    public NodeAssert hasNoDefaultRoute() {
        List<Route> found = actual.routes();
        return check(found.stream().noneMatch(Route::isDefault), "no default route", found);
    }

    /** It has an IPv4 default route through this next hop. */
    public NodeAssert hasDefaultRouteVia(InetAddress hop) {
        List<Route> found = actual.routes();
        return check(
                found.stream()
                        .anyMatch(route -> route.isDefault() && route.via().equals(Optional.of(hop))),
                "a default route via " + InterfaceIp.text(hop),
                found);
    }

    /** Its neighbour table says that this address is at this MAC address. */
    public NodeAssert hasNeighbour(InetAddress ip, MacAddress mac) {
        List<Neighbour> found = actual.neighbours();
        return check(
                found.stream()
                        .anyMatch(entry -> entry.ip().equals(ip) && entry.mac().equals(Optional.of(mac))),
                "neighbour entry %s lladdr %s".formatted(InterfaceIp.text(ip), mac),
                found);
    }

    /** A ping from it is answered. */
    public NodeAssert reaches(InetAddress ip) {
        PingResult ping = actual.ping(ip);
        new PingResultAssert(ping).isAnswered();
        return this;
    }

    /**
     * A ping from it is sent and not answered. That it has no route is something else, see
     * {@link PingResultAssert#hadNoRoute()}.
     */
    public NodeAssert doesNotReach(InetAddress ip) {
        PingResult ping = actual.ping(ip);
        new PingResultAssert(ping).isNotAnswered();
        return this;
    }

    /**
     * Another node answers its ping, by IPv4, and by IPv6 where both have an address of it. Both forget their
     * neighbours first, so that each has to ask for the other.
     */
    public NodeAssert reaches(Node other) {
        new FreshPing(actual, other).isAnswered();
        return this;
    }

    /**
     * Another node does not answer its ping, by IPv4, nor by IPv6 where both have an address of it. Both forget their
     * neighbours first; a node learns from the questions of others, and would be answered though its own get lost.
     *
     * <p>It proves that there was something to answer: the question for the other's MAC address has left this node, and
     * the other has that address and replies to itself.
     */
    public NodeAssert doesNotReach(Node other) {
        new FreshPing(actual, other).isNotAnswered();
        return this;
    }

    private NodeAssert check(boolean holds, String expected, List<?> found) {
        if (!holds) {
            throw failure(
                    "%s",
                    Failure.of("Node " + actual.name())
                            .expected(expected)
                            .found(
                                    found.isEmpty()
                                            ? "none"
                                            : String.join(
                                                    "\n",
                                                    found.stream()
                                                            .map(Object::toString)
                                                            .toList())));
        }
        return this;
    }
}
