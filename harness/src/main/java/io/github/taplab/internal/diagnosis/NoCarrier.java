package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.NodeTables.Wire;
import io.github.taplab.node.Link;
import java.util.Optional;
import java.util.stream.Stream;

/** A part of a guest's way to the network that is down, or has no carrier: nothing passes there. */
final class NoCarrier implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.wires()
                .flatMap(wire -> Stream.of(
                                // The first from below: what is on top of it has none because of that.
                                wire.parent(), Optional.of(wire.macvtap()), Optional.of(wire.nic()))
                        .flatMap(Optional::stream)
                        .filter(link -> !link.carrier())
                        .limit(1)
                        .map(link -> "%s on %s%s %s: nothing passes there"
                                .formatted(
                                        link.name(),
                                        link.node(),
                                        link.equals(wire.nic()) ? "" : way(wire),
                                        state(link))));
    }

    private static String way(Wire wire) {
        return ", the way of %s on %s,".formatted(wire.nic().name(), wire.nic().node());
    }

    private static String state(Link link) {
        return link.up() ? "has no carrier" : "is down";
    }
}
