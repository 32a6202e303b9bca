package io.github.taplab.internal.drawing;

import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacvtapMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lab as it was at one moment: who is connected with whom, by which addresses, and what of that does not go together.
 *
 * @param subnet of the network, such as {@code 198.18.9.0/24}
 */
public record LabDrawing(String subnet, List<Station> stations) {

    public LabDrawing {
        stations = stations.stream().sorted(Comparator.comparing(Station::kind)).toList();
    }

    /** The picture. */
    public String svg() {
        LabPicture picture = new LabPicture(this);
        return Svg.of("taplab-lab", LabPicture.WIDTH, picture.height(), "Network " + subnet, sentences(), picture);
    }

    /** The guests that have their macvtap in a launcher. */
    List<Station> guestsOf(Station launcher) {
        return stations.stream()
                .filter(station -> !station.equals(launcher)
                        && station.nics().stream()
                                .flatMap(nic -> nic.macvtap().stream())
                                .anyMatch(macvtap -> macvtap.launcher().equals(launcher.name())))
                .toList();
    }

    /** The stations that are not drawn inside of another one. */
    List<Station> standingAlone() {
        List<Station> inside =
                launchers().flatMap(launcher -> guestsOf(launcher).stream()).toList();
        return stations.stream().filter(station -> !inside.contains(station)).toList();
    }

    Stream<Station> launchers() {
        return stations.stream().filter(station -> station.kind() == Station.Kind.LAUNCHER);
    }

    /** Who else has an address of a station, in words. */
    Optional<String> otherOwners(Station station, InterfaceIp address) {
        String others = stations.stream()
                .filter(other -> !other.equals(station))
                .flatMap(other -> other.nics().stream()
                        .filter(nic -> nic.ips().stream().anyMatch(ip -> ip.ip().equals(address.ip())))
                        .map(nic -> "%s (%s)".formatted(other.name(), nic.mac())))
                .collect(Collectors.joining(" and of "));
        return others.isEmpty() ? Optional.empty() : Optional.of("also an address of " + others);
    }

    /** What keeps unicast frames from a guest whose MAC address is not its macvtap's, in words. */
    Optional<String> otherMac(Nic nic) {
        return nic.macvtap()
                // A tap has no filter, and a MAC address that is nobody's.
                .filter(macvtap -> !macvtap.isTap())
                .filter(macvtap -> !macvtap.mac().equals(nic.mac()))
                // That one takes all that its parent gets, whatever the address.
                .filter(macvtap -> !macvtap.mode().equals(MacvtapMode.PASSTHRU.kernelName()))
                .map(macvtap -> "%s lets in no frames for this address".formatted(macvtap.link()));
    }

    private String sentences() {
        return stations.stream().map(this::sentence).collect(Collectors.joining(" "));
    }

    private String sentence(Station station) {
        List<String> parts = new ArrayList<>();
        for (Nic nic : station.nics()) {
            parts.add("%s %s".formatted(nic.link(), nic.mac()));
            otherMac(nic).ifPresent(parts::add);
            nic.broken().ifPresent(parts::add);
            for (InterfaceIp ip : nic.ips()) {
                parts.add(ip.toString());
                otherOwners(station, ip).ifPresent(parts::add);
            }
            nic.macvtap().ifPresent(macvtap -> parts.add(sentence(macvtap)));
        }
        return "%s %s: %s.".formatted(station.kind(), station.name(), String.join(", ", parts));
    }

    private static String sentence(Macvtap macvtap) {
        return "on %s %s on %s, %s%s%s"
                .formatted(
                        macvtap.link(),
                        macvtap.mac(),
                        macvtap.launcher(),
                        macvtap.isTap() ? "a tap of " : "mode %s, over ".formatted(macvtap.mode()),
                        macvtap.parent(),
                        macvtap.broken().map(", "::concat).orElse(""));
    }
}
