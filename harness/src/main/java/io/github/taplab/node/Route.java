package io.github.taplab.node;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An entry of a main routing table, IPv4's or IPv6's.
 *
 * @param destination where it leads
 * @param via the next hop; empty where the destination is on the link itself
 * @param link the interface through which packets leave; may be empty with a refusal
 * @param refusal how the kernel refuses what goes there, as iproute2 calls the route's type: {@code unreachable},
 *     {@code prohibit}, {@code blackhole} or {@code throw}; empty: it lets it pass
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Route(Prefix destination, Optional<InetAddress> via, String link, Optional<String> refusal) {

    /** A route that packets take. */
    public Route(Prefix destination, Optional<InetAddress> via, String link) {
        this(destination, via, link, Optional.empty());
    }

    /** Whether packets to everywhere else take it. */
    public boolean isDefault() {
        return destination.isAll() && refusal.isEmpty();
    }

    public boolean isIpv4() {
        return destination.isIpv4();
    }

    @Override
    public String toString() {
        return refusal.map(type -> type + " ").orElse("")
                + (destination.isAll() ? "default" : destination)
                + via.map(hop -> " via " + InterfaceIp.text(hop)).orElse("")
                + (link.isEmpty() ? "" : " dev " + link);
    }
}
