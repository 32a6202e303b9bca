package io.github.taplab.internal.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.node.CommandResult;
import io.github.taplab.spec.Impairment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What tc does with the frames that leave an interface: pure functions to arguments, and from tc's answers. */
final class Qdiscs {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String BY_DEFAULT = "0:";
    // Both have one class, number 1, for what shall be done after them.
    private static final Set<String> STACKABLE = Set.of("netem", "tbf");
    private static final List<String> UNKNOWN = List.of("qdisc kind is unknown", "Specified qdisc not found");
    // tbf lets a burst pass unhindered, which must hold a frame: two of the usual size and a jumbo one.
    private static final long SMALLEST_BURST_BYTES = 12_000;
    private static final long BURSTS_PER_SECOND = 100;

    private Qdiscs() {}

    /**
     * Where on an interface a qdisc stands.
     *
     * @param parent {@code root}, or {@code parent} and a class of another qdisc
     * @param handle its number
     */
    record Place(List<String> parent, String handle) {

        Place {
            parent = List.copyOf(parent);
        }
    }

    /** Where another qdisc can be put behind those that an interface has: {@code tc -j qdisc show} tells them. */
    static Place next(String json) {
        List<String> parent = List.of("root");
        int highest = 0;
        try {
            for (JsonNode qdisc : MAPPER.readTree(json)) {
                String handle = qdisc.path("handle").asText();
                if (!handle.equals(BY_DEFAULT) && handle.endsWith(":")) {
                    highest = Math.max(highest, Integer.parseInt(handle.substring(0, handle.length() - 1), 16));
                    if (STACKABLE.contains(qdisc.path("kind").asText())) {
                        // tc lists a qdisc after its parent.
                        parent = List.of("parent", handle + "1");
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tc -j printed no JSON: " + json, e);
        }
        return new Place(parent, Integer.toHexString(highest + 1) + ":");
    }

    /** Everything at once, where the kernel has it. */
    static List<String> netem(String link, Place place, Impairment impairment) {
        List<String> argv = add(link, place, "netem");
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
        List<String> argv = add(link, place, "tbf");
        argv.addAll(List.of("rate", bitsPerSecond + "bit", "burst", Long.toString(burst), "latency", "1s"));
        return argv;
    }

    /** Takes one away; those before it stay. */
    static List<String> delete(String link, Place place) {
        return argv("delete", link, place);
    }

    /** Whether tc's refusal means that the kernel does not have what was asked for. */
    static boolean isUnknown(CommandResult refused) {
        return UNKNOWN.stream().anyMatch(refused.stderr()::contains);
    }

    private static List<String> add(String link, Place place, String kind) {
        List<String> argv = argv("add", link, place);
        argv.add(kind);
        return argv;
    }

    private static List<String> argv(String verb, String link, Place place) {
        List<String> argv = new ArrayList<>(List.of("tc", "qdisc", verb, "dev", link));
        argv.addAll(place.parent());
        argv.addAll(List.of("handle", place.handle()));
        return argv;
    }

    private static String percent(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }
}
