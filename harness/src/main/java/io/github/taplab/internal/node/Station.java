package io.github.taplab.internal.node;

import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** One of those that are on a lab's network, and can be asked past it. */
public interface Station {

    String name();

    /**
     * Who answers there at once for an address, by its own word: itself with the MAC address of its NIC, or nobody.
     * Empty where it can't say.
     */
    Optional<Set<MacAddress>> answerers(InetAddress ip);
}
