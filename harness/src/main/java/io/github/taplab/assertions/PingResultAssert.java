package io.github.taplab.assertions;

import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** Assertions on what came back of a ping. */
@API(status = Status.STABLE, since = "0.1.0")
public class PingResultAssert extends LabAssert<PingResultAssert, PingResult> {

    private static final int SHOWN = 8;

    /** For AssertJ's own tools, which make assertions by their constructor; tests call {@link LabAssertions}. */
    public PingResultAssert(@Nullable PingResult actual) {
        super(actual, PingResultAssert.class, "the result of a ping");
    }

    /** At least one reply came. */
    public PingResultAssert isAnswered() {
        return check(PingResult::answered, "at least one reply");
    }

    /**
     * Requests were sent and no reply came: the ping was {@link Outcome#SILENT} or {@link Outcome#UNREACHABLE}. One for
     * which the node had no route says nothing of who is there, and is none of the two: expect it with
     * {@link #hadNoRoute()}.
     */
    public PingResultAssert isNotAnswered() {
        return check(
                ping -> ping.outcome() == Outcome.SILENT || ping.outcome() == Outcome.UNREACHABLE,
                "no reply to requests that were sent");
    }

    /** Requests were sent, and nothing came: no reply, and no ICMP error that {@code ping} told. */
    public PingResultAssert isSilent() {
        return check(ping -> ping.outcome() == Outcome.SILENT, Outcome.SILENT.words());
    }

    /** No reply came but an ICMP error, be it one of the node itself, to which nobody answered ARP. */
    public PingResultAssert isUnreachable() {
        return check(ping -> ping.outcome() == Outcome.UNREACHABLE, Outcome.UNREACHABLE.words());
    }

    /**
     * No reply came but ICMP errors, and all from here: from a router, or from an address of the node itself where
     * nobody answered ARP.
     */
    public PingResultAssert isUnreachableAccordingTo(InetAddress sender) {
        return check(
                ping -> ping.outcome() == Outcome.UNREACHABLE
                        && ping.errors().stream()
                                .allMatch(error -> error.sender().equals(sender)),
                "unreachable according to " + InterfaceIp.text(sender));
    }

    /** The node's own routing table knew no way, or forbade it: nothing was sent. */
    public PingResultAssert hadNoRoute() {
        return check(ping -> ping.outcome() == Outcome.NO_ROUTE, Outcome.NO_ROUTE.words());
    }

    /** The node's own routing table knew a way, and requests were sent, whatever came of them. */
    public PingResultAssert hadRoute() {
        return check(ping -> ping.outcome() != Outcome.NO_ROUTE, "requests that were sent");
    }

    /** Every request got its reply. */
    public PingResultAssert isAnsweredWithoutLoss() {
        return check(ping -> ping.answered() && ping.received() == ping.sent(), "as many replies as requests");
    }

    /** Replies came, and not to all requests. */
    public PingResultAssert isAnsweredWithLoss() {
        return check(ping -> ping.answered() && ping.received() < ping.sent(), "fewer replies than requests, and some");
    }

    private PingResultAssert check(Predicate<PingResult> holds, String expected) {
        return check(holds, expected, PingResultAssert::found);
    }

    @Override
    String subject() {
        return "Ping from %s to %s".formatted(actual.from(), InterfaceIp.text(actual.to()));
    }

    @Override
    String lookAt() {
        return shortened(actual.output());
    }

    private static String found(PingResult ping) {
        String errors = ping.errors().isEmpty()
                ? ""
                : ", and "
                        + ping.errors().stream()
                                .distinct()
                                .map(Object::toString)
                                .collect(Collectors.joining(" and "));
        return "%s: %d replies to %d requests%s"
                .formatted(ping.outcome().words(), ping.received(), ping.sent(), errors);
    }

    // Of many replies the first and the last tell enough, and at the end is the summary.
    private static String shortened(String output) {
        List<String> lines = output.strip().lines().toList();
        if (lines.size() <= 2 * SHOWN) {
            return output;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, SHOWN));
        shown.add("… %d lines …".formatted(lines.size() - 2 * SHOWN));
        shown.addAll(lines.subList(lines.size() - SHOWN, lines.size()));
        return String.join("\n", shown);
    }
}
