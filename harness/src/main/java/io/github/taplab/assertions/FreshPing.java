package io.github.taplab.assertions;

import io.github.taplab.capture.Capture;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A ping from one node to another, by each family of which both have an address, as if neither had met the other. */
final class FreshPing {

    // A ping ends by itself, at the latest with the deadlines of its commands.
    private static final Duration LONGEST = Shell.DEFAULT_DEADLINE.multipliedBy(4);

    private final Node from;
    private final Node to;
    private final Function<PingResult, PingResultAssert> asserting;

    /**
     * A ping that was not sent yet.
     *
     * @param asserting the assertions on what came of it, with the description of the one that asks
     */
    FreshPing(Node from, Node to, Function<PingResult, PingResultAssert> asserting) {
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
            asserting.apply(from.ping(ip)).isAnswered();
        }
    }

    void isNotAnswered() {
        List<InetAddress> addresses = addresses();
        MacAddress asker = from.mac();
        forget();
        List<Beside<PingResult>> pings = new ArrayList<>();
        try (Capture questions = capture()) {
            // Both families at a time: a kernel gives up an address for which nobody answers after three seconds.
            addresses.forEach(ip -> pings.add(
                    Beside.begin("taplab: %s pings %s".formatted(from, InterfaceIp.text(ip)), () -> from.ping(ip))));
            for (Beside<PingResult> ping : pings) {
                asserting
                        .apply(Waiting.joined("%s pings %s".formatted(from, to), LONGEST, ping.result()))
                        .isNotAnswered();
            }
            // A "no" is one only if the question was asked, and if there is somebody who could answer. Whose neighbour
            // is a gateway asks for that one's MAC address, and sends it the request.
            for (InetAddress ip : addresses) {
                questions.await(
                        "a question of %s for %s".formatted(from, to),
                        frame -> frame.source().equals(asker) && (frame.asksFor(ip) || frame.isEchoRequestTo(ip)));
            }
        } finally {
            pings.forEach(Beside::close);
        }
        for (InetAddress ip : addresses) {
            asserting.apply(to.ping(ip)).isAnswered();
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
        String questions = "arp or icmp or icmp6";
        if (from instanceof Guest guest) {
            return guest.launcher().capture(guest.macvtap().name(), questions);
        }
        return ((ContainerNode) from).capture(from.nic(), questions);
    }
}
