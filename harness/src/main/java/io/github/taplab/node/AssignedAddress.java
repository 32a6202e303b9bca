package io.github.taplab.node;

import io.github.taplab.spec.InterfaceIp;
import java.net.Inet4Address;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An IP address that an interface has.
 *
 * @param link name of the interface
 * @param address the address and its prefix length
 * @param scope {@code global}, {@code link} or {@code host}
 * @param tentative whether an IPv6 address can't be used yet, since duplicate address detection (RFC 4862, 5.4) goes
 *     on, or not at all, since it failed
 * @param dadFailed whether duplicate address detection found another station that has the address
 */
@API(status = Status.STABLE, since = "0.1.0")
public record AssignedAddress(String link, InterfaceIp address, String scope, boolean tentative, boolean dadFailed) {

    /** An address that can be used, as IPv4 ones can at once. */
    public AssignedAddress(String link, InterfaceIp address, String scope) {
        this(link, address, scope, false, false);
    }

    public boolean isIpv4() {
        return address.ip() instanceof Inet4Address;
    }

    /** Whether the node answers for the address and sends from it. */
    public boolean isUsable() {
        return !tentative && !dadFailed;
    }

    @Override
    public String toString() {
        return "%s dev %s scope %s%s%s"
                .formatted(address, link, scope, tentative ? " tentative" : "", dadFailed ? " dadfailed" : "");
    }
}
