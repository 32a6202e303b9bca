package io.github.taplab.assertions;

import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.node.Node;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on what passed in a lab.
 *
 * <p>A node's port is its {@link Node#nic()}, a guest's is its macvtap, a launcher's the parent interface, as they are
 * when the assertion is made. A question who has an address, and an answer, are ARP for IPv4 and neighbour discovery
 * for IPv6.
 *
 * <p>What was not seen is a verdict only where none can be missing. Otherwise each assertion that depends on it throws
 * {@link IncompleteCaptureException}, which is no failed assertion.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1.0")
public class TrafficAssert extends LabAssert<TrafficAssert, Traffic> {

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public TrafficAssert(@Nullable Traffic actual) {
        super(actual, TrafficAssert.class, "traffic");
    }

    /** Exactly the stations with these MAC addresses asked who has the address. */
    public TrafficAssert hasQuestionsFor(InetAddress ip, MacAddress... from) {
        return sendersAre(ip, FrameKind.questionFor(ip), from);
    }

    /** Nobody asked who has the address. */
    public TrafficAssert hasNoQuestionFor(InetAddress ip) {
        return noneIsSent(ip, FrameKind.questionFor(ip));
    }

    /**
     * Exactly the stations with these MAC addresses said that the address is theirs. Of ARP it is the MAC address that
     * the answer tells, which is what the others then believe; of neighbour discovery it is the frame's source.
     */
    public TrafficAssert hasAnswersFor(InetAddress ip, MacAddress... from) {
        return sendersAre(ip, FrameKind.answerFor(ip), from);
    }

    /** Nobody said that the address is theirs. */
    public TrafficAssert hasNoAnswerFor(InetAddress ip) {
        return noneIsSent(ip, FrameKind.answerFor(ip));
    }

    /**
     * A frame passed the port of each of these nodes, in this order. It is one and the same, to the byte; so it does
     * not go on behind a router, where it is another one.
     */
    public TrafficAssert hasPassed(FrameKind kind, Node first, Node... further) {
        List<Port> ports = ports(first, further);
        String expected = "%s at %s".formatted(kind, joined(ports, ", and then at "));
        Passages passages = passages(expected);
        int farthest = passages.farthest(kind, ports);
        boolean holds = farthest == ports.size();
        if (!holds) {
            requireWhole(ports, expected);
        }
        return require(holds, expected, () -> wayOf(ports, farthest), () -> passages.listed(passages.at(ports)));
    }

    /**
     * No such frame passed the port of any of these nodes. One that is still on its way there has not passed: let
     * something that is known to come later pass first, where that can be.
     */
    public TrafficAssert hasNotPassed(FrameKind kind, Node first, Node... further) {
        List<Port> ports = ports(first, further);
        String expected = "no %s at %s".formatted(kind, joined(ports, " or "));
        Passages passages = passages(expected);
        List<Sighting> unwanted = passages.at(ports, kind);
        if (unwanted.isEmpty()) {
            requireWhole(ports, expected);
        }
        return require(
                unwanted.isEmpty(),
                expected,
                () -> passages.listed(unwanted),
                () -> passages.listed(passages.at(ports)));
    }

    /** So many such frames passed the port of this node, in both directions together. */
    public TrafficAssert hasPassedTimes(int times, FrameKind kind, Node node) {
        List<Port> port = List.of(Port.of(node));
        String expected = "%d × %s at %s".formatted(times, kind, joined(port, ""));
        Passages passages = passages(expected);
        List<Sighting> found = passages.at(port, kind);
        if (found.size() <= times) {
            requireWhole(port, expected);
        }
        return require(
                found.size() == times,
                expected,
                () -> "%d × %s".formatted(found.size(), kind),
                () -> passages.listed(passages.at(port)));
    }

    /** A frame of one kind passed the port of a node, and later one of the other kind that of another, or the same. */
    public TrafficAssert hasPassedBefore(FrameKind earlier, Node here, FrameKind later, Node there) {
        List<Port> ports = ports(here, there);
        String expected = "%s at %s, and later %s at %s".formatted(earlier, ports.get(0), later, ports.get(1));
        Passages passages = passages(expected);
        boolean holds = passages.inOrder(earlier, ports.get(0), later, ports.get(1));
        if (!holds) {
            requireWhole(ports, expected);
        }
        return require(
                holds,
                expected,
                () -> "%d × the first, %d × the second, and none of these after one of those"
                        .formatted(
                                passages.at(ports.subList(0, 1), earlier).size(),
                                passages.at(ports.subList(1, 2), later).size()),
                () -> passages.listed(passages.at(ports)));
    }

    private TrafficAssert sendersAre(InetAddress ip, FrameKind kind, MacAddress... from) {
        if (from.length == 0) {
            throw new IllegalArgumentException("From whom? At least one MAC address must be given, found none");
        }
        Set<MacAddress> wanted = new TreeSet<>(List.of(from));
        String expected = "%s from %s and from nobody else".formatted(kind, joined(wanted, " and from "));
        Passages passages = passages(expected);
        SortedSet<MacAddress> found = passages.senders(kind);
        if (wanted.containsAll(found)) {
            requireWhole(expected);
        }
        return require(found.equals(wanted), expected, () -> from(found), () -> about(passages, ip));
    }

    private TrafficAssert noneIsSent(InetAddress ip, FrameKind kind) {
        String expected = "no " + kind;
        Passages passages = passages(expected);
        SortedSet<MacAddress> found = passages.senders(kind);
        if (found.isEmpty()) {
            requireWhole(expected);
        }
        return require(found.isEmpty(), expected, () -> from(found), () -> about(passages, ip));
    }

    private static String from(SortedSet<MacAddress> macs) {
        return macs.isEmpty() ? "none" : "from " + joined(macs, " and from ");
    }

    private static String about(Passages passages, InetAddress ip) {
        return passages.listed(
                passages.which(each -> each.frame().asksFor(ip) || each.frame().answersFor(ip)));
    }

    private static String wayOf(List<Port> ports, int farthest) {
        return farthest == 0
                ? "none at " + ports.get(0)
                : "at %s, and then not at %s"
                        .formatted(joined(ports.subList(0, farthest), ", and then at "), ports.get(farthest));
    }

    private Passages passages(String expected) {
        return Passages.of(given(expected));
    }

    private void requireWhole(List<Port> ports, String expected) {
        List<String> notWhole = ports.stream()
                .map(Port::container)
                .filter(container -> !actual.whole().contains(container))
                .distinct()
                .toList();
        if (!notWhole.isEmpty()) {
            throw incomplete("of " + String.join(" and ", notWhole), expected);
        }
    }

    private void requireWhole(String expected) {
        if (!actual.gaps().isEmpty()) {
            throw incomplete("of the lab", expected);
        }
    }

    private IncompleteCaptureException incomplete(String of, String expected) {
        String why = actual.gaps().isEmpty()
                ? "it was not listened to, or not from the beginning on"
                : String.join("%n".formatted(), actual.gaps());
        return new IncompleteCaptureException(
                "What passed the interfaces %s may not all have been seen: %s%nasked for: %s"
                        .formatted(of, why, expected));
    }

    private static List<Port> ports(Node first, Node... further) {
        List<Port> ports = new ArrayList<>(List.of(Port.of(first)));
        for (Node node : further) {
            ports.add(Port.of(node));
        }
        return ports;
    }

    private static String joined(Iterable<?> several, String between) {
        List<String> words = new ArrayList<>();
        several.forEach(each -> words.add(each.toString()));
        return String.join(between, words);
    }

    @Override
    String subject() {
        return "What passed in the lab";
    }

    @Override
    String lookAt() {
        return "";
    }
}
