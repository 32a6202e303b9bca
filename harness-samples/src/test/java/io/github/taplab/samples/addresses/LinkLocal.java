package io.github.taplab.samples.addresses;

import io.github.taplab.node.Node;
import io.github.taplab.spec.InterfaceIp;

/** The IPv6 address that a station's kernel has made of the MAC address of its NIC. */
final class LinkLocal {

    private LinkLocal() {}

    static InterfaceIp of(Node node) {
        return node.addresses().stream()
                .filter(assigned -> assigned.scope().equals("link"))
                .findFirst()
                .orElseThrow()
                .address();
    }
}
