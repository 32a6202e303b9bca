package io.github.taplab.internal.evidence;

import io.github.taplab.internal.capture.FrameParser;
import io.github.taplab.internal.drawing.Lane;
import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.SequenceDiagram;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.internal.report.StepReport;
import io.github.taplab.internal.ring.LabFrames;
import io.github.taplab.internal.ring.RingFrame;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.spec.MacAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a test, each with the frames that passed while it was done.
 *
 * @param stations of the lab: whose MAC addresses are whose
 * @param frames of the test
 */
public record StepSequences(List<Station> stations, LabFrames frames) {

    // What a step sent last is still on its way when it ends.
    private static final Duration AFTER = Duration.ofMillis(5);

    public StepSequences {
        stations = List.copyOf(stations);
    }

    /** Each step, with a diagram where any frame passed. */
    public List<StepReport> of(List<Step> steps) {
        return steps.stream().map(step -> StepReport.of(step, diagram(step))).toList();
    }

    private String diagram(Step step) {
        Instant from = step.at().plus(frames.hostAhead());
        Instant to = from.plus(step.took()).plus(AFTER);
        List<RingFrame> during = frames.frames().stream()
                .filter(frame -> !frame.at().isBefore(from) && !frame.at().isAfter(to))
                .toList();
        return during.isEmpty()
                ? ""
                : new SequenceDiagram("%s: %s".formatted(step.node(), step.call()), lanes(), owners(), during).svg();
    }

    /** All ports that have frames in this test, on the way from those who ask to the guests. */
    private List<Lane> lanes() {
        return frames.frames().stream()
                .map(frame -> Map.entry(frame.node(), frame.link()))
                .distinct()
                .sorted(Comparator.comparingInt((Map.Entry<String, String> port) -> rank(port.getKey()))
                        .thenComparing(Map.Entry::getKey)
                        .thenComparing(port -> isOwn(port.getKey(), port.getValue()) ? 0 : 1)
                        .thenComparing(Map.Entry::getValue))
                .map(port -> lane(port.getKey(), port.getValue()))
                .toList();
    }

    private int rank(String node) {
        return station(node)
                .map(station -> station.kind() == Kind.CLIENT ? 0 : station.kind() == Kind.LAUNCHER ? 2 : 1)
                .orElse(1);
    }

    private Optional<Station> station(String name) {
        return stations.stream().filter(station -> station.name().equals(name)).findFirst();
    }

    /** Whether it is the station's own interface, and not a macvtap on it. */
    private boolean isOwn(String node, String link) {
        return station(node)
                .map(station ->
                        station.nics().stream().anyMatch(nic -> nic.link().equals(link)))
                .orElse(true);
    }

    private Lane lane(String node, String link) {
        Optional<Behind> guest = isOwn(node, link) ? Optional.empty() : guestBehind(node, link);
        return new Lane(
                node,
                link,
                guest.map(Behind::guest).orElse(node),
                guest.map(Behind::turned).orElse(false));
    }

    /**
     * Whose end in a launcher an interface is.
     *
     * @param turned whether what comes in there comes from the guest
     */
    private record Behind(String guest, boolean turned) {}

    /** By the MAC address that the guest sends with; one that it has changed belongs to nobody, and so to the rest. */
    private Optional<Behind> guestBehind(String launcher, String link) {
        List<Behind> guests = new ArrayList<>();
        for (Station guest : stations) {
            for (Nic nic : guest.nics()) {
                if (nic.macvtap().filter(end -> end.launcher().equals(launcher)).isPresent()) {
                    Behind behind = new Behind(guest.name(), isTap(nic));
                    guests.add(behind);
                    if (sends(launcher, link, nic)) {
                        return Optional.of(behind);
                    }
                }
            }
        }
        return guests.size() == 1 ? Optional.of(guests.get(0)) : Optional.empty();
    }

    private static boolean isTap(Nic nic) {
        return nic.macvtap().map(Macvtap::isTap).orElse(false);
    }

    private boolean sends(String launcher, String link, Nic nic) {
        return nic.macvtap().filter(end -> end.link().equals(link)).isPresent()
                || frames.frames().stream()
                        .filter(frame ->
                                frame.node().equals(launcher) && frame.link().equals(link))
                        .filter(frame -> frame.outgoing() != isTap(nic))
                        .flatMap(frame -> FrameParser.parse(frame.at(), ByteBuffer.wrap(frame.bytes())).stream())
                        .anyMatch(frame -> nic.mac().equals(frame.source()));
    }

    private Map<MacAddress, String> owners() {
        Map<MacAddress, String> owners = new HashMap<>();
        for (Station station : stations) {
            station.nics().forEach(nic -> owners.putIfAbsent(nic.mac(), station.name()));
        }
        return owners;
    }
}
