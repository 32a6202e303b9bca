package io.github.taplab.internal.diagnosis;

import java.util.stream.Stream;

/**
 * A guest that sends larger frames than the parent of its macvtap takes. The macvtap's own MTU holds nobody back: it
 * follows its parent's down, and where it alone is smaller, larger frames pass.
 */
final class OtherMtu implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.wires().flatMap(OtherMtu::cause);
    }

    private static Stream<String> cause(NodeTables.Wire wire) {
        return wire.parent().stream()
                .filter(parent -> wire.nic().mtu() > parent.mtu())
                .map(parent -> "the MTU of %s on %s is %d, that of %s on %s, %s its %s, %d: larger packets are lost"
                        .formatted(
                                wire.nic().name(),
                                wire.nic().node(),
                                wire.nic().mtu(),
                                parent.name(),
                                parent.node(),
                                wire.isMacvtap() ? "the parent of" : "on one bridge with",
                                wire.macvtap().name(),
                                parent.mtu()));
    }
}
