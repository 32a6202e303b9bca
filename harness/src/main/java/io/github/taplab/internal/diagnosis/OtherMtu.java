package io.github.taplab.internal.diagnosis;

import java.util.stream.Stream;

/** A guest that sends larger frames than its macvtap takes. */
final class OtherMtu implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.wires()
                .filter(wire -> wire.nic().mtu() > wire.macvtap().mtu())
                .map(wire -> "the MTU of %s on %s is %d, that of its %s on %s %d: larger packets are lost"
                        .formatted(
                                wire.nic().name(),
                                wire.nic().node(),
                                wire.nic().mtu(),
                                wire.macvtap().name(),
                                wire.macvtap().node(),
                                wire.macvtap().mtu()));
    }
}
