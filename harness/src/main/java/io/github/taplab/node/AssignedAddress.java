package io.github.taplab.node;

import io.github.taplab.spec.Cidr;
import java.net.Inet4Address;

/**
 * An IP address that an interface has.
 *
 * @param link name of the interface
 * @param cidr the address and its prefix length
 * @param scope {@code global}, {@code link} or {@code host}
 */
public record AssignedAddress(String link, Cidr cidr, String scope) {

    public boolean isIpv4() {
        return cidr.ip() instanceof Inet4Address;
    }

    @Override
    public String toString() {
        return "%s dev %s scope %s".formatted(cidr, link, scope);
    }
}
