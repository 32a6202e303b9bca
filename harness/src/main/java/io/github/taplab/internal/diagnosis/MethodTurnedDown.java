package io.github.taplab.internal.diagnosis;

import java.util.stream.Stream;

/** A guest whose SSH server turns down somebody by its configuration, where the failure speaks of that. */
final class MethodTurnedDown implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.servers().stream()
                .flatMap(asked ->
                        asked.ssh().stream().map(why -> "the SSH server of %s: %s".formatted(asked.node(), why)));
    }
}
