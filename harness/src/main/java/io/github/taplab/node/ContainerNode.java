package io.github.taplab.node;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A node that is a container: it is plugged into the lab's bridge, and its interfaces can be listened to. */
@API(status = Status.STABLE, since = "0.1.0")
public interface ContainerNode extends Node {

    /**
     * Has the lab's bridge send frames back to this node on the port on which they came from it (hairpin, or reflective
     * relay), as VEPA mode expects of a switch. Off by default.
     *
     * @return takes it back
     * @throws IllegalStateException on the Docker host itself, which is not plugged into a port
     */
    @CheckReturnValue
    Undo enableHairpin();

    /**
     * Takes the carrier from this node's NIC, as a pulled cable does: the port of the lab's bridge goes down. What
     * hangs on the NIC, such as the macvtaps of a launcher, loses its carrier too. Addresses and routes stay.
     *
     * @return plugs it in again
     * @throws IllegalStateException on the Docker host itself, which is not plugged into a port
     */
    @CheckReturnValue
    Undo unplugCable();

    /**
     * Tries to log in to a guest over SSH with a password. That needs a guest whose SSH server takes passwords, so not
     * the small one.
     */
    SshAttempt sshWithPassword(Guest target, String user, String password);

    /**
     * Starts to record what passes an interface; recording has begun when this returns.
     *
     * @param filter a {@code pcap-filter(7)} expression, such as {@code arp} or {@code tcp port 22}
     */
    @CheckReturnValue
    Capture capture(String link, String filter);

    /**
     * Sends a frame as it is, MAC addresses included, past this node's own ARP, IP and VLANs. The kernel has taken it
     * when this returns.
     *
     * <p>On a macvtap, a launcher so sends in the place of the guest.
     *
     * @throws IllegalStateException on the Docker host, if the interface is not the lab's bridge
     * @throws CommandFailedException if there is no such interface, if it is down, or if the frame is longer than its
     *     MTU allows
     */
    void send(String link, EthernetFrame frame);

    /** Sends a frame through {@link #nic()}. */
    default void send(EthernetFrame frame) {
        send(nic(), frame);
    }

    /**
     * Has a DHCP server on this node give out IPv4 addresses of the lab's network, with this node as their router. It
     * hears when this returns, and offers what nobody has asked it for yet, without looking whether somebody uses it.
     * Several nodes can serve at the same time.
     *
     * @param first of the addresses that it may give out
     * @param last of them
     * @return ends the server; whoever has an address keeps it
     * @throws IllegalArgumentException if they are not IPv4 addresses
     * @throws IllegalStateException on the Docker host
     * @throws CommandFailedException if the node serves already, or has no address in that network
     */
    @CheckReturnValue
    Undo serveDhcp(InetAddress first, InetAddress last);

    /**
     * Has this node say that it is the router of an IPv6 network (router advertisements, RFC 4861): to all within 5 s,
     * and again 20 s later at the latest, and at once to whoever asks. Stations then take it for a default router and
     * make themselves addresses (SLAAC). It forwards nothing that it did not forward before.
     *
     * @param network of 64 bits, in which this node has an address
     * @return ends that; what the stations have made of it they keep until it expires, after half an hour at the
     *     earliest
     * @throws IllegalArgumentException if it is no IPv6 network of 64 bits
     * @throws IllegalStateException on the Docker host
     * @throws CommandFailedException if the node says so already
     */
    @CheckReturnValue
    Undo advertiseRouter(Prefix network);
}
