package io.github.taplab.internal.diagnosis;

import io.github.taplab.spec.MacvtapMode;
import java.util.stream.Stream;

/** A guest whose MAC address is not its macvtap's, which then lets through no unicast frames for it. */
final class OtherMac implements Rule {

    // That one takes all that its parent gets, whatever the address.
    private static final String PASSTHRU = MacvtapMode.PASSTHRU.kernelName();

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.wires()
                .filter(NodeTables.Wire::isMacvtap)
                .filter(wire -> !wire.nic().mac().equals(wire.macvtap().mac()))
                .filter(wire -> !wire.macvtap().mode().orElse("").equals(PASSTHRU))
                .map(wire -> ("the MAC address of %s on %s is %s, that of its %s on %s %s: in mode %s it gets only"
                                + " frames that are sent to the latter, and broadcasts")
                        .formatted(
                                wire.nic().name(),
                                wire.nic().node(),
                                wire.nic().mac(),
                                wire.macvtap().name(),
                                wire.macvtap().node(),
                                wire.macvtap().mac(),
                                wire.macvtap().mode().orElse("unknown")));
    }
}
