package io.github.taplab.assertions;

import io.github.taplab.capture.Capture;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A ping from one node to another, by each family of which both have an address, as if neither had met the other. */
final class FreshPing {

    private final Node from;
    private final Node to;
    private final Function<Node, NodeAssert> asserting;

    /**
     * A ping that was not sent yet.
     *
     * @param asserting the assertions on a node, with the description of the one that asks
     */
    FreshPing(Node from, Node to, Function<Node, NodeAssert> asserting) {
        if (from.name().equals(to.name())) {
            throw new IllegalArgumentException(
                    "%s is asked whether it reaches itself, name another node".formatted(from.name()));
        }
        this.from = from;
        this.to = to;
        this.asserting = asserting;
    }

    void isAnswered() {
        for (InetAddress ip : addresses()) {
            forget();
            asserting.apply(from).reaches(ip);
        }
    }

    void isNotAnswered() {
        for (InetAddress ip : addresses()) {
            MacAddress asker = from.mac();
            forget();
            try (Capture questions = capture()) {
                asserting.apply(from).doesNotReach(ip);
                // A "no" is one only if the question was asked, and if there is somebody who could answer.
                questions.await(
                        "a question of %s for %s".formatted(from, to),
                        frame -> frame.source().equals(asker) && frame.asksFor(ip));
            }
            asserting.apply(to).reaches(ip);
        }
    }

    private List<InetAddress> addresses() {
        List<InetAddress> found = new ArrayList<>(List.of(to.ip()));
        if (hasIpv6(from) && hasIpv6(to)) {
            found.add(to.ip6());
        }
        return found;
    }

    private static boolean hasIpv6(Node node) {
        return node.addresses().stream().anyMatch(FreshPing::isGlobalIpv6);
    }

    private static boolean isGlobalIpv6(AssignedAddress address) {
        return !address.isIpv4() && address.scope().equals("global");
    }

    private void forget() {
        from.flushNeighbours();
        to.flushNeighbours();
    }

    private Capture capture() {
        String questions = "arp or icmp6";
        if (from instanceof Guest guest) {
            return guest.launcher().capture(guest.macvtap().name(), questions);
        }
        return ((ContainerNode) from).capture(from.nic(), questions);
    }
}
