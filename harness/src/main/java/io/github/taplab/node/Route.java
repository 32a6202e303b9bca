package io.github.taplab.node;

import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An entry of the main IPv4 routing table.
 *
 * @param destination {@code default} or a network such as {@code 198.18.9.0/24}
 * @param via the next hop; empty where the destination is on the link itself
 * @param link the interface through which packets leave
 */
public record Route(String destination, Optional<InetAddress> via, String link) {

    public boolean isDefault() {
        return destination.equals("default");
    }

    @Override
    public String toString() {
        return destination + via.map(hop -> " via " + InterfaceIp.text(hop)).orElse("") + " dev " + link;
    }
}
