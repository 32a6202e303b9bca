package io.github.taplab.internal.diagnosis;

import io.github.taplab.node.AssignedAddress;
import io.github.taplab.spec.InterfaceIp;
import java.util.stream.Stream;

/** An IPv6 address that a node must not use, since another one has it (RFC 4862, 5.4). */
final class FailedDuplicateDetection implements Rule {

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.nodes().stream()
                .flatMap(node -> node.addresses().stream()
                        .filter(AssignedAddress::dadFailed)
                        .map(address ->
                                "%s on %s can't be used: duplicate address detection has found another that has it"
                                        .formatted(
                                                InterfaceIp.text(
                                                        address.address().ip()),
                                                node.node())));
    }
}
