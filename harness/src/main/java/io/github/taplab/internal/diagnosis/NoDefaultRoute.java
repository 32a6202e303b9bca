package io.github.taplab.internal.diagnosis;

import io.github.taplab.node.Route;
import java.util.stream.Stream;

/** A node from which something went nowhere, since it knows no way beyond its own network. */
final class NoDefaultRoute implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        if (!failure.contains("no route")) {
            return Stream.of();
        }
        return lab.nodes().stream()
                .filter(node -> Words.names(failure, "from " + node.node()))
                .filter(node -> node.routes().stream().noneMatch(Route::isDefault))
                .map(node -> "%s has no default route".formatted(node.node()));
    }
}
