package io.github.taplab.assertions;

import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on a node as it is at this moment: each one looks at it anew. */
@API(status = Status.STABLE, since = "0.1.0")
public class NodeAssert extends LabAssert<NodeAssert, Node> {

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public NodeAssert(@Nullable Node actual) {
        super(actual, NodeAssert.class, "a node");
    }

    /** Its NIC has this Ethernet address. */
    public NodeAssert hasMac(MacAddress expected) {
        nic("MAC address " + expected).hasMac(expected);
        return this;
    }

    /** Its NIC has another Ethernet address than this. */
    public NodeAssert doesNotHaveMac(MacAddress unwanted) {
        nic("another MAC address than " + unwanted).doesNotHaveMac(unwanted);
        return this;
    }

    private LinkAssert nic(String expected) {
        Node node = given(expected);
        Link nic = node.link(node.nic());
        return described(new LinkAssert(nic));
    }

    /** Its NIC has an IPv4 address. */
    public NodeAssert hasIpv4Address() {
        return addresses(found -> found.stream().anyMatch(AssignedAddress::isIpv4), "an IPv4 address on " + nicName());
    }

    /** Its NIC has no IPv4 address. */
    public NodeAssert hasNoIpv4Address() {
        return has(
                node -> node.addresses().stream()
                        .filter(AssignedAddress::isIpv4)
                        .toList(),
                List::isEmpty,
                "no IPv4 address on " + nicName());
    }

    /** Its NIC has this address. */
    public NodeAssert hasAddress(InetAddress ip) {
        return addresses(
                found -> found.stream().anyMatch(is(ip)),
                "address %s on %s".formatted(InterfaceIp.text(ip), nicName()));
    }

    /** Its NIC does not have this address. */
    public NodeAssert doesNotHaveAddress(InetAddress ip) {
        return addresses(
                found -> found.stream().noneMatch(is(ip)),
                "no address %s on %s".formatted(InterfaceIp.text(ip), nicName()));
    }

    /** Duplicate address detection found another station that has this IPv6 address; the node does not use it. */
    public NodeAssert hasDuplicateAddress(InetAddress ip) {
        return addresses(
                found -> found.stream().anyMatch(is(ip).and(AssignedAddress::dadFailed)),
                "address %s on %s, detected as a duplicate (dadfailed)".formatted(InterfaceIp.text(ip), nicName()));
    }

    /** Its NIC has IPv6 addresses, duplicate address detection is over for all of them, and found no duplicate. */
    public NodeAssert hasNoDuplicateAddress() {
        return has(
                node -> node.addresses().stream()
                        .filter(address -> !address.isIpv4())
                        .toList(),
                found -> !found.isEmpty() && found.stream().allMatch(AssignedAddress::isUsable),
                "IPv6 addresses on %s, none of them tentative or a duplicate".formatted(nicName()));
    }

    /** Its NIC has this address and may use it: duplicate address detection neither goes on nor has failed. */
    public NodeAssert hasUsableAddress(InetAddress ip) {
        return addresses(
                found -> found.stream().anyMatch(is(ip).and(AssignedAddress::isUsable)),
                "address %s on %s, neither tentative nor a duplicate".formatted(InterfaceIp.text(ip), nicName()));
    }

    /** Its NIC has this address and may not use it: duplicate address detection goes on, or has failed. */
    public NodeAssert hasUnusableAddress(InetAddress ip) {
        return addresses(
                found -> found.stream().anyMatch(is(ip).and(address -> !address.isUsable())),
                "address %s on %s, tentative or a duplicate".formatted(InterfaceIp.text(ip), nicName()));
    }

    /** It has a default route, of IPv4 or of IPv6. */
    public NodeAssert hasDefaultRoute() {
        return routes(found -> found.stream().anyMatch(Route::isDefault), "a default route");
    }

    /** It has no default route, neither of IPv4 nor of IPv6. */
    public NodeAssert hasNoDefaultRoute() {
        return routes(found -> found.stream().noneMatch(Route::isDefault), "no default route");
    }

    /** It has a default route through this next hop. */
    public NodeAssert hasDefaultRouteVia(InetAddress hop) {
        return routes(
                found -> found.stream().anyMatch(isDefaultVia(hop)), "a default route via " + InterfaceIp.text(hop));
    }

    /** It has no default route through this next hop; it may have others. */
    public NodeAssert hasNoDefaultRouteVia(InetAddress hop) {
        return routes(
                found -> found.stream().noneMatch(isDefaultVia(hop)), "no default route via " + InterfaceIp.text(hop));
    }

    /** It has a route to this very network, which packets take. */
    public NodeAssert hasRoute(Prefix destination) {
        return routes(found -> found.stream().anyMatch(isTo(destination)), "a route to " + destination);
    }

    /** It has no route to this very network, or one that refuses packets; they may take one to a larger network. */
    public NodeAssert hasNoRoute(Prefix destination) {
        return routes(found -> found.stream().noneMatch(isTo(destination)), "no route to " + destination);
    }

    /** Its neighbour table says that this address is at this MAC address. */
    public NodeAssert hasNeighbour(InetAddress ip, MacAddress mac) {
        return neighbours(
                found -> found.stream()
                        .anyMatch(entry -> entry.ip().equals(ip) && entry.mac().equals(Optional.of(mac))),
                "neighbour entry %s lladdr %s".formatted(InterfaceIp.text(ip), mac));
    }

    /** Its neighbour table says that this address is at another MAC address than this. */
    public NodeAssert hasNeighbourOtherThan(InetAddress ip, MacAddress mac) {
        return neighbours(
                found -> found.stream()
                        .anyMatch(entry -> entry.ip().equals(ip)
                                && entry.mac()
                                        .filter(other -> !other.equals(mac))
                                        .isPresent()),
                "neighbour entry %s with another lladdr than %s".formatted(InterfaceIp.text(ip), mac));
    }

    /** Its neighbour table knows no MAC address for this address: there is no entry, or one that has none. */
    public NodeAssert hasNoNeighbour(InetAddress ip) {
        return neighbours(
                found -> found.stream()
                        .noneMatch(entry -> entry.ip().equals(ip) && entry.mac().isPresent()),
                "no neighbour entry %s with a lladdr".formatted(InterfaceIp.text(ip)));
    }

    /** A ping from it is answered. */
    public NodeAssert reaches(InetAddress ip) {
        ping(ip, "a reply from " + InterfaceIp.text(ip)).isAnswered();
        return this;
    }

    /** A ping from it is sent and not answered. That it has no route is something else, see {@link #hasNoRouteTo}. */
    public NodeAssert doesNotReach(InetAddress ip) {
        ping(ip, "no reply from " + InterfaceIp.text(ip)).isNotAnswered();
        return this;
    }

    /**
     * Another node answers its ping, by IPv4, and by IPv6 where both have an address of it. Both forget their
     * neighbours first, so that each has to ask for the other.
     */
    public NodeAssert reaches(Node other) {
        freshPing(other, "a reply from ").isAnswered();
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
        freshPing(other, "no reply from ").isNotAnswered();
        return this;
    }

    /** A ping from it has no way: its own routing table knows none, or forbids it, and nothing is sent. */
    public NodeAssert hasNoRouteTo(InetAddress ip) {
        ping(ip, "%s to %s".formatted(Outcome.NO_ROUTE.words(), InterfaceIp.text(ip)))
                .hadNoRoute();
        return this;
    }

    private FreshPing freshPing(Node other, String expected) {
        return new FreshPing(given(expected + other.name()), other, result -> described(new PingResultAssert(result)));
    }

    private PingResultAssert ping(InetAddress ip, String expected) {
        return described(new PingResultAssert(given(expected).ping(ip)));
    }

    private NodeAssert addresses(Predicate<List<AssignedAddress>> holds, String expected) {
        return has(Node::addresses, holds, expected);
    }

    private NodeAssert routes(Predicate<List<Route>> holds, String expected) {
        return has(Node::routes, holds, expected);
    }

    private NodeAssert neighbours(Predicate<List<Neighbour>> holds, String expected) {
        return has(Node::neighbours, holds, expected);
    }

    private <T> NodeAssert has(Function<Node, List<T>> question, Predicate<List<T>> holds, String expected) {
        List<T> found = question.apply(given(expected));
        return require(
                holds.test(found),
                expected,
                () -> found.isEmpty()
                        ? "none"
                        : found.stream().map(Object::toString).collect(Collectors.joining("\n")));
    }

    private static Predicate<AssignedAddress> is(InetAddress ip) {
        return address -> address.address().ip().equals(ip);
    }

    private static Predicate<Route> isDefaultVia(InetAddress hop) {
        return route -> route.isDefault() && route.via().equals(Optional.of(hop));
    }

    private static Predicate<Route> isTo(Prefix destination) {
        return route ->
                route.destination().equals(destination) && route.refusal().isEmpty();
    }

    private String nicName() {
        return actual == null ? "its NIC" : actual.nic();
    }

    @Override
    String subject() {
        return "Node " + actual.name();
    }

    // What was found is all that there is.
    @Override
    String lookAt() {
        return "";
    }
}
