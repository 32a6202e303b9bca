package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.LabTables.Owner;
import io.github.taplab.spec.InterfaceIp;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An address that two nodes have: who asks for it by ARP or neighbour discovery hears two answers. */
final class TwoOwners implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.addresses().flatMap(ip -> {
            List<Owner> owners = lab.owners(ip).stream().filter(Owner::answers).toList();
            return owners.stream().map(Owner::mac).distinct().count() < 2
                    ? Stream.of()
                    : Stream.of("%s is an address of %s: each of them answers for it"
                            .formatted(
                                    InterfaceIp.text(ip),
                                    owners.stream().map(Owner::toString).collect(Collectors.joining(" and of "))));
        });
    }
}
