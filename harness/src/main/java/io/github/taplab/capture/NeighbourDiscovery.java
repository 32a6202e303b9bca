package io.github.taplab.capture;

import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A neighbour solicitation or advertisement, IPv6's counterpart of ARP (RFC 4861).
 *
 * @param advertisement whether it says who has the address; otherwise it asks
 * @param target the address that it is about
 */
@API(status = Status.STABLE, since = "0.1.0")
public record NeighbourDiscovery(boolean advertisement, InetAddress target) {

    /** Whether this asks who has the address; duplicate address detection asks so too, from the source {@code ::}. */
    public boolean asksFor(InetAddress ip) {
        return !advertisement && target.equals(ip);
    }

    /** Whether this says that the sender has the address. */
    public boolean answersFor(InetAddress ip) {
        return advertisement && target.equals(ip);
    }

    @Override
    public String toString() {
        return (advertisement ? "neighbour advertisement of " : "neighbour solicitation for ")
                + InterfaceIp.text(target);
    }
}
