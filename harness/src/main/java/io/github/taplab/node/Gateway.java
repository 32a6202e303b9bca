package io.github.taplab.node;

import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The station with the first address of the lab's subnet: a container, or the Docker host itself. Where the lab has an
 * internet it is a router with NAT and the lab's name server; without one, what is about them throws
 * {@link IllegalStateException}.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Gateway extends ContainerNode {

    /** Its interface on the wan, the network of {@link WebServer}. Asks nobody. */
    String wanNic();

    /**
     * The IPv4 address of {@link #wanNic()}: what NAT puts in the place of the guests' addresses. One command in the
     * gateway, {@code ip address show dev}.
     *
     * @throws NotThereException if it has none
     * @throws IllegalStateException if it has several
     */
    InetAddress wanIp();

    /**
     * Ends the name server: the gateway answers that nothing is there (ICMP port unreachable).
     *
     * @return starts it again
     */
    @CheckReturnValue
    Undo stopDns();

    /**
     * Ends NAT: what comes from the lab is routed to the wan with the address that it has. Connections that exist
     * already keep theirs.
     *
     * @return begins it again
     */
    @CheckReturnValue
    Undo stopNat();
}
