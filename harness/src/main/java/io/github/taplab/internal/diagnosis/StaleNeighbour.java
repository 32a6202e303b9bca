package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.LabTables.Owner;
import io.github.taplab.node.Neighbour;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node that sends what is for an address to a machine that has it no more, or never had. */
final class StaleNeighbour implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.nodes().stream()
                .flatMap(node -> node.neighbours().stream().flatMap(entry -> cause(lab, node.node(), entry)));
    }

    private static Stream<String> cause(LabTables lab, String node, Neighbour entry) {
        // Link-local addresses are not compared: a macvtap in its launcher has the one of its guest.
        if (entry.mac().isEmpty() || entry.ip().isLinkLocalAddress()) {
            return Stream.of();
        }
        MacAddress mac = entry.mac().get();
        List<Owner> owners = lab.owners(entry.ip());
        if (owners.isEmpty() && !lab.whole()) {
            return Stream.of();
        }
        Optional<String> whose = lab.whose(mac);
        if (owners.stream().anyMatch(owner -> owner.mac().equals(mac)) || (owners.isEmpty() && whose.isEmpty())) {
            return Stream.of();
        }
        return Stream.of("the neighbour entry of %s on %s has %s, which is %s (%s), while the address is %s"
                .formatted(
                        InterfaceIp.text(entry.ip()),
                        node,
                        mac,
                        whose.orElse("of no node of the lab"),
                        String.join(",", entry.states()),
                        owners.isEmpty()
                                ? "on no node"
                                : "that of "
                                        + owners.stream()
                                                .map(Owner::toString)
                                                .collect(Collectors.joining(" and of "))));
    }
}
