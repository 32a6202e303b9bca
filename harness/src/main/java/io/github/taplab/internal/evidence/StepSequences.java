package io.github.taplab.internal.evidence;

import io.github.taplab.internal.capture.FrameParser;
import io.github.taplab.internal.drawing.Lane;
import io.github.taplab.internal.drawing.Nic;
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
                .map(port -> new Lane(port.getKey(), port.getValue(), title(port.getKey(), port.getValue())))
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

    private String title(String node, String link) {
        return isOwn(node, link) ? node : guestBehind(node, link).orElse(node);
    }

    /** By the MAC address that the guest sends with; one that it has changed belongs to nobody, and so to the rest. */
    private Optional<String> guestBehind(String launcher, String link) {
        List<String> guests = new ArrayList<>();
        for (Station guest : stations) {
            for (Nic nic : guest.nics()) {
                if (nic.macvtap().filter(end -> end.launcher().equals(launcher)).isPresent()) {
                    guests.add(guest.name());
                    if (sends(launcher, link, nic)) {
                        return Optional.of(guest.name());
                    }
                }
            }
        }
        return guests.size() == 1 ? Optional.of(guests.get(0)) : Optional.empty();
    }

    private boolean sends(String launcher, String link, Nic nic) {
        return nic.macvtap().filter(end -> end.link().equals(link)).isPresent()
                || frames.frames().stream()
                        .filter(frame ->
                                frame.node().equals(launcher) && frame.link().equals(link))
                        .filter(RingFrame::outgoing)
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
