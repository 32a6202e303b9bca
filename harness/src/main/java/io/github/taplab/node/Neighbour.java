package io.github.taplab.node;

import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An entry of a node's neighbour table (filled by ARP for IPv4, by neighbour discovery for IPv6).
 *
 * @param ip whose neighbour entry it is
 * @param link the interface behind which the neighbour lives
 * @param mac what the node believes its MAC address to be; empty where nobody has answered
 * @param states such as {@code REACHABLE}, {@code STALE} or {@code FAILED}; see {@code ip-neighbour(8)}
 */
@API(status = Status.STABLE, since = "0.1.0")
public record Neighbour(InetAddress ip, String link, Optional<MacAddress> mac, List<String> states) {

    public Neighbour {
        states = List.copyOf(states);
    }

    @Override
    public String toString() {
        return "%s dev %s %s %s"
                .formatted(
                        InterfaceIp.text(ip),
                        link,
                        mac.map(known -> "lladdr " + known).orElse("no lladdr"),
                        String.join(",", states));
    }
}
