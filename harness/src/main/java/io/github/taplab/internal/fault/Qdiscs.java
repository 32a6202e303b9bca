package io.github.taplab.internal.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.iproute.IprouteJson;
import io.github.taplab.spec.Impairment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What tc does with the frames that leave an interface: pure functions to arguments, and from tc's answers. */
final class Qdiscs {

    private static final String BY_DEFAULT = "0:";
    // What libvirt gives a macvtap, and others that take no options: they can be put back by their name.
    private static final Set<String> PLAIN = Set.of("noqueue", "pfifo_fast");
    private static final String TBF = "tbf";
    private static final String NETEM = "netem";
    private static final List<String> UNKNOWN = List.of("qdisc kind is unknown", "Specified qdisc not found");
    // tbf lets a burst pass unhindered, which must hold a frame: two of the usual size and a jumbo one.
    private static final long SMALLEST_BURST_BYTES = 12_000;
    private static final long BURSTS_PER_SECOND = 100;

    private Qdiscs() {}

    /**
     * Where on an interface a qdisc can be put.
     *
     * @param parent {@code root}, or {@code parent} and a class of another qdisc
     * @param handle its number there
     * @param undo restores what is there now
     */
    record Place(List<String> parent, String handle, List<String> undo) {

        Place {
            parent = List.copyOf(parent);
            undo = List.copyOf(undo);
        }
    }

    /**
     * The place behind the last qdisc of an interface, or instead of one that does nothing.
     *
     * @param json what {@code tc -j qdisc show} says
     * @throws IllegalStateException if the interface has another qdisc; what that was told can't be restored
     */
    static Place next(String link, String json) {
        List<String> parent = List.of("root");
        List<String> undo = argv("delete", link, parent);
        int highest = 0;
        for (JsonNode qdisc : IprouteJson.tc(json)) {
            String kind = qdisc.path("kind").asText();
            String handle = qdisc.path("handle").asText();
            if (handle.equals(BY_DEFAULT)) {
                continue;
            }
            highest = Math.max(highest, number(handle, json));
            if (kind.equals(TBF) || kind.equals(NETEM)) {
                // Both have one class, number 1, for what comes after them; tc lists it after its parent.
                parent = List.of("parent", handle + "1");
                // Without its queue tbf would let nothing pass any more.
                undo = kind.equals(TBF)
                        ? argv("replace", link, parent, "pfifo", "limit", "1000")
                        : argv("delete", link, parent);
            } else if (qdisc.path("root").asBoolean()) {
                if (!PLAIN.contains(kind)) {
                    throw new IllegalStateException(
                            "%s has a qdisc of its own, %s %s, which an impairment would have to replace: delete it first"
                                    .formatted(link, kind, handle));
                }
                undo = argv("replace", link, parent, "handle", handle, kind);
            }
        }
        return new Place(parent, Integer.toHexString(highest + 1) + ":", undo);
    }

    /** Everything at once, where the kernel has it. */
    static List<String> netem(String link, Place place, Impairment impairment) {
        List<String> argv = put(link, place, NETEM);
        if (!impairment.delay().isZero()) {
            argv.addAll(List.of("delay", impairment.delay().toNanos() / 1_000 + "us"));
        }
        if (impairment.lossPercent() > 0) {
            argv.addAll(List.of("loss", percent(impairment.lossPercent())));
        }
        if (impairment.duplicationPercent() > 0) {
            argv.addAll(List.of("duplicate", percent(impairment.duplicationPercent())));
        }
        if (impairment.bitsPerSecond() > 0) {
            argv.addAll(List.of("rate", impairment.bitsPerSecond() + "bit"));
        }
        return argv;
    }

    /** A rate only; a second's worth of frames may wait. */
    static List<String> tbf(String link, Place place, long bitsPerSecond) {
        long burst = Math.max(SMALLEST_BURST_BYTES, bitsPerSecond / Byte.SIZE / BURSTS_PER_SECOND);
        List<String> argv = put(link, place, TBF);
        argv.addAll(List.of("rate", bitsPerSecond + "bit", "burst", Long.toString(burst), "latency", "1s"));
        return argv;
    }

    /** Whether tc's refusal means that the kernel does not have what was asked for. */
    static boolean isUnknown(CommandResult refused) {
        return UNKNOWN.stream().anyMatch(refused.stderr()::contains);
    }

    private static List<String> put(String link, Place place, String kind) {
        return argv("replace", link, place.parent(), "handle", place.handle(), kind);
    }

    private static List<String> argv(String verb, String link, List<String> parent, String... more) {
        List<String> argv = new ArrayList<>(List.of("tc", "qdisc", verb, "dev", link));
        argv.addAll(parent);
        argv.addAll(List.of(more));
        return argv;
    }

    private static int number(String handle, String json) {
        try {
            return Integer.parseInt(handle.replace(":", ""), 16);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("tc -j printed a handle that is no number: " + json, e);
        }
    }

    private static String percent(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }
}
