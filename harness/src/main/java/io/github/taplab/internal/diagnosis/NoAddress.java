package io.github.taplab.internal.diagnosis;

import java.util.stream.Stream;

/** A node of which the failure speaks, and which has no address at all. */
final class NoAddress implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.nodes().stream()
                .filter(node -> Words.names(failure, node.node()))
                .filter(node -> node.globalAddresses().findAny().isEmpty())
                .map(node -> "%s has no IP address but those of its links".formatted(node.node()));
    }
}
