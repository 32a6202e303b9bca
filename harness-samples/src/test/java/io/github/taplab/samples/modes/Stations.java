package io.github.taplab.samples.modes;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Macvtaps of one parent that are no guest's. What is sent out of one is what its guest would send, and what comes in
 * at one is what its guest would get: so no guest is needed to tell who hears whom.
 */
final class Stations implements AutoCloseable {

    private static final String PROBES = "ether proto 0x%04x".formatted(EthernetFrame.ETHERTYPE_EXPERIMENTAL);

    private final Launcher launcher;
    private final Client outside;
    private final SortedMap<String, MacAddress> macs = new TreeMap<>();

    private Stations(Launcher launcher, Client outside) {
        this.launcher = launcher;
        this.outside = outside;
    }

    /**
     * Makes a macvtap for each name.
     *
     * @param outside who sends the frame that all of them hear
     */
    static Stations on(Launcher launcher, Client outside, Map<String, MacvtapMode> modes) {
        Stations stations = new Stations(launcher, outside);
        modes.forEach(stations::add);
        return stations;
    }

    private void add(String name, MacvtapMode mode) {
        tryAdd(launcher, name, mode).orThrow();
        launcher.setUp(name);
        macs.put(name, launcher.link(name).mac());
    }

    /** Tries to make one macvtap, which is down. */
    static CommandResult tryAdd(Launcher launcher, String name, MacvtapMode mode) {
        return launcher.tryRun(
                "ip", "link", "add", "link", "eth0", "name", name, "type", "macvtap", "mode", mode.kernelName());
    }

    /** Who has heard whom, after each has sent a frame to the MAC address of each other one. */
    SortedMap<String, SortedSet<String>> hearEachOther() {
        return heard(from -> macs.values().stream()
                .filter(mac -> !mac.equals(macs.get(from)))
                .toList());
    }

    /**
     * Who has heard whom, after each has sent a frame to a group; all are members of broadcast and of all IPv6 nodes.
     */
    SortedMap<String, SortedSet<String>> hearInGroup(MacAddress group) {
        return heard(from -> List.of(group));
    }

    private SortedMap<String, SortedSet<String>> heard(Function<String, List<MacAddress>> receivers) {
        SortedMap<String, Capture> captures = new TreeMap<>();
        try {
            macs.keySet().forEach(name -> captures.put(name, launcher.capture(name, PROBES)));
            macs.forEach((name, mac) ->
                    receivers.apply(name).forEach(to -> launcher.send(name, EthernetFrame.probe(mac, to))));
            // Sent later, and taken in by all: once it is there, so is all that is for them.
            outside.send(EthernetFrame.probe(outside.mac(), MacAddress.BROADCAST));
            return captures.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            each -> sendersAt(each.getKey(), each.getValue(), receivers),
                            (one, two) -> one,
                            TreeMap::new));
        } finally {
            captures.values().forEach(Capture::close);
        }
    }

    private SortedSet<String> sendersAt(String place, Capture capture, Function<String, List<MacAddress>> receivers) {
        capture.await("what the client has sent to all", frame -> frame.source().equals(outside.mac()));
        List<MacAddress> sources =
                new ArrayList<>(capture.frames().stream().map(Frame::source).toList());
        // What went out of it is on its capture too.
        receivers.apply(place).forEach(sent -> sources.remove(macs.get(place)));
        return macs.keySet().stream()
                .filter(name -> sources.contains(macs.get(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        macs.keySet().forEach(name -> launcher.run("ip", "link", "del", "dev", name));
    }
}
