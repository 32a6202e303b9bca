package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.NodeTables.Wire;
import java.util.stream.Stream;

/** A launcher and its own guest: a macvtap and its parent hear nothing of each other by themselves. */
final class ParentAndGuest implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.wires()
                .filter(Wire::isMacvtap)
                .filter(wire -> isBetween(
                        lab, failure, wire.macvtap().node(), wire.nic().node()))
                .map(ParentAndGuest::cause)
                .distinct();
    }

    private static boolean isBetween(LabTables lab, String failure, String launcher, String guest) {
        return (Words.names(failure, "from " + launcher) && lab.isNamed(failure, guest))
                || (Words.names(failure, "from " + guest) && lab.isNamed(failure, launcher));
    }

    private static String cause(Wire wire) {
        return ("%s and %s are a macvtap's parent and its guest, which exchange no frames in any mode unless the bridge"
                        + " sends them back (hairpin)")
                .formatted(wire.macvtap().node(), wire.nic().node());
    }
}
