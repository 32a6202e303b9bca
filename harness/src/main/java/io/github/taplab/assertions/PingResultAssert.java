package io.github.taplab.assertions;

import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what came back of a ping. */
@API(status = Status.STABLE, since = "0.1.0")
public final class PingResultAssert extends AbstractAssert<PingResultAssert, PingResult> {

    private static final int SHOWN = 8;

    PingResultAssert(PingResult actual) {
        super(actual, PingResultAssert.class);
    }

    /** At least one reply came. */
    public PingResultAssert isAnswered() {
        return check(actual.answered(), "at least one reply");
    }

    /**
     * Requests were sent and no reply came: the ping was {@link Outcome#SILENT} or {@link Outcome#UNREACHABLE}. One for
     * which the node had no route says nothing of who is there, and is none of the two: expect it with
     * {@link #hadNoRoute()}.
     */
    public PingResultAssert isNotAnswered() {
        return check(
                actual.outcome() == Outcome.SILENT || actual.outcome() == Outcome.UNREACHABLE,
                "no reply to requests that were sent");
    }

    /** Requests were sent, and nothing came: no reply, and no ICMP error that {@code ping} told. */
    public PingResultAssert isSilent() {
        return check(actual.outcome() == Outcome.SILENT, Outcome.SILENT.words());
    }

    /** No reply came but an ICMP error, be it one of the node itself, to which nobody answered ARP. */
    public PingResultAssert isUnreachable() {
        return check(actual.outcome() == Outcome.UNREACHABLE, Outcome.UNREACHABLE.words());
    }

    /**
     * No reply came but ICMP errors, and all from here: from a router, or from an address of the node itself where
     * nobody answered ARP.
     */
    public PingResultAssert isUnreachableAccordingTo(InetAddress sender) {
        return check(
                actual.outcome() == Outcome.UNREACHABLE
                        && actual.errors().stream()
                                .allMatch(error -> error.sender().equals(sender)),
                "unreachable according to " + InterfaceIp.text(sender));
    }

    /** The node's own routing table knew no way, or forbade it: nothing was sent. */
    public PingResultAssert hadNoRoute() {
        return check(actual.outcome() == Outcome.NO_ROUTE, Outcome.NO_ROUTE.words());
    }

    private PingResultAssert check(boolean holds, String expected) {
        if (!holds) {
            throw failure(
                    "%s",
                    Failure.of("Ping from %s to %s".formatted(actual.from(), InterfaceIp.text(actual.to())))
                            .expected(expected)
                            .found(found())
                            .lookAt(shortened(actual.output())));
        }
        return this;
    }

    private String found() {
        String errors = actual.errors().isEmpty()
                ? ""
                : ", and "
                        + actual.errors().stream()
                                .distinct()
                                .map(Object::toString)
                                .collect(Collectors.joining(" and "));
        return "%s: %d replies to %d requests%s"
                .formatted(actual.outcome().words(), actual.received(), actual.sent(), errors);
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
