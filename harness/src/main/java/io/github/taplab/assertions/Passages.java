package io.github.taplab.assertions;

import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.Sighting;
import io.github.taplab.capture.Traffic;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Questions to what has passed in a lab: pure functions.
 *
 * @param all in the order of time
 */
record Passages(List<Sighting> all) {

    private static final int MOST_LISTED = 20;
    private static final double NANOS_IN_A_MILLISECOND = 1e6;

    static Passages of(Traffic traffic) {
        return new Passages(traffic.sightings());
    }

    List<Sighting> which(Predicate<Sighting> wanted) {
        return all.stream().filter(wanted).toList();
    }

    List<Sighting> at(List<Port> ports) {
        return which(each -> ports.stream().anyMatch(port -> port.saw(each)));
    }

    List<Sighting> at(List<Port> ports, FrameKind kind) {
        return at(ports).stream().filter(each -> kind.includes(each.frame())).toList();
    }

    /** How many of these ports the frame of this kind has passed in their order that came farthest. */
    int farthest(FrameKind kind, List<Port> ports) {
        return IntStream.range(0, all.size())
                .filter(at -> kind.includes(all.get(at).frame()))
                .filter(at -> ports.get(0).saw(all.get(at)))
                .map(at -> passed(at, ports))
                .max()
                .orElse(0);
    }

    private int passed(int from, List<Port> ports) {
        Sighting first = all.get(from);
        int passed = 0;
        for (Sighting next : all.subList(from, all.size())) {
            if (passed < ports.size() && ports.get(passed).saw(next) && next.isOfSameFrameAs(first)) {
                passed++;
            }
        }
        return passed;
    }

    /** Whether one of the first kind passed, and one of the second kind later. */
    boolean inOrder(FrameKind first, Port firstPort, FrameKind then, Port thenPort) {
        return all.stream()
                .dropWhile(each -> !(firstPort.saw(each) && first.includes(each.frame())))
                .skip(1)
                .anyMatch(each -> thenPort.saw(each) && then.includes(each.frame()));
    }

    /** Whose MAC addresses the frames of a kind have: of ARP what it says itself, which is what others believe. */
    SortedSet<MacAddress> senders(FrameKind kind) {
        return all.stream()
                .map(Sighting::frame)
                .filter(kind::includes)
                .map(frame -> frame.arp().map(arp -> arp.senderMac()).orElse(frame.source()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A line each, with the time since the first one of all; of many, the first. */
    String listed(List<Sighting> some) {
        if (some.isEmpty()) {
            return "nothing passed";
        }
        String shown = some.stream()
                .limit(MOST_LISTED)
                .map(each -> "+%s ms %s".formatted(sinceFirst(each), each))
                .collect(Collectors.joining("\n"));
        return some.size() <= MOST_LISTED ? shown : shown + "\nand %d more".formatted(some.size() - MOST_LISTED);
    }

    private String sinceFirst(Sighting one) {
        Duration since = Duration.between(all.get(0).frame().at(), one.frame().at());
        return String.format(Locale.ROOT, "%.3f", since.toNanos() / NANOS_IN_A_MILLISECOND);
    }
}
