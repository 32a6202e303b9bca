package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.AskedServers.NameServer;
import java.util.List;
import java.util.stream.Stream;

/** A node that could not resolve a name, since none of those that it asks answers. */
final class SilentNameServer implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.servers().stream()
                .flatMap(asked -> asked.names().stream().flatMap(servers -> causes(asked.node(), servers)));
    }

    private static Stream<String> causes(String node, List<NameServer> servers) {
        return servers.isEmpty()
                ? Stream.of("%s has no name server in its /etc/resolv.conf".formatted(node))
                : servers.stream()
                        .filter(server -> !server.answers())
                        .map(server -> "the name server %s of %s does not answer".formatted(server.ip(), node));
    }
}
