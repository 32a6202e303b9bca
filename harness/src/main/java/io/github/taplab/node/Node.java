package io.github.taplab.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A station of the lab: a container or a guest. Every call looks at the node, or changes it, as it is now; nothing is
 * remembered between calls.
 *
 * <p>Few calls are as cheap as they look: only {@link #name()} and {@link #nic()} ask nobody. Every other one runs a
 * command in the node, some milliseconds in a container and more in a guest, whose agent is asked; the Javadoc of each
 * says which. Keep what you need twice.
 *
 * <p>All calls throw {@link CommandFailedException} where the node's own tool refuses, with what it said, and
 * {@link DeadlineExceededException} where that runs longer than {@link #DEFAULT_DEADLINE}, and
 * {@link IllegalStateException} where the node is gone, is off or stands still, or gives no answer. Those that change
 * the node throw that on the Docker host as a gateway too, which is not the lab's to change; only
 * {@link #flushNeighbours} is done, on the lab's bridge.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Node extends Shell, Breakable {

    /** How specs and messages call it. Asks nobody. */
    String name();

    /** Name of its interface on the lab's network, {@code eth0} as a rule. Asks nobody. */
    String nic();

    /**
     * All interfaces, in the kernel's order. One command in the node, {@code ip link show}.
     *
     * @throws CommandFailedException if it fails
     */
    List<Link> links();

    /**
     * One interface. One command in the node, {@code ip link show dev}; a second one where there is none of that name.
     *
     * @throws NotThereException if there is none of that name; the message lists what there is
     */
    Link link(String name);

    /**
     * MAC address of {@link #nic()}. One command in the node, that of {@link #link}.
     *
     * @throws NotThereException if the interface is not there, as after {@link Guest#hotUnplug}
     */
    MacAddress mac();

    /**
     * The IPv4 address of {@link #nic()}. One command in the node, that of {@link #addresses}.
     *
     * @throws NotThereException if it has none
     * @throws CommandFailedException if there is no such interface
     * @throws IllegalStateException if it has several
     */
    InetAddress ip();

    /**
     * The IPv4 address of {@link #nic()} with its prefix length. One command in the node, that of {@link #addresses}.
     *
     * @throws NotThereException if it has none
     * @throws CommandFailedException if there is no such interface
     * @throws IllegalStateException if it has several
     */
    InterfaceIp interfaceIp();

    /**
     * The IPv6 address of {@link #nic()}, apart from the link-local one. One command in the node, that of
     * {@link #addresses}.
     *
     * @throws NotThereException if it has none
     * @throws CommandFailedException if there is no such interface
     * @throws IllegalStateException if it has several
     */
    InetAddress ip6();

    /**
     * The IPv6 address of {@link #nic()}, apart from the link-local one, with its prefix length. One command in the
     * node, that of {@link #addresses}.
     *
     * @throws NotThereException if it has none
     * @throws CommandFailedException if there is no such interface
     * @throws IllegalStateException if it has several
     */
    InterfaceIp interfaceIp6();

    /**
     * The addresses of {@link #nic()}, IPv4 and IPv6. One command in the node, {@code ip address show dev}.
     *
     * @throws CommandFailedException if there is no such interface
     */
    List<AssignedAddress> addresses();

    /**
     * The main routing tables, first IPv4's, then IPv6's. Two commands in the node, {@code ip route show} with
     * {@code -4} and with {@code -6}.
     *
     * @throws CommandFailedException if one fails
     */
    List<Route> routes();

    /**
     * The neighbour table of {@link #nic()}, IPv4 and IPv6, failed entries included. One command in the node, {@code ip
     * neigh show dev}.
     *
     * @throws CommandFailedException if there is no such interface
     */
    List<Neighbour> neighbours();

    /** Gives {@link #nic()} a further address. */
    void addAddress(InterfaceIp address);

    /** Takes an address from {@link #nic()}; routes that depend on it go with it. */
    void removeAddress(InterfaceIp address);

    /** Adds a default route through {@link #nic()}, of the family of its next hop. */
    void addDefaultRoute(InetAddress via);

    /**
     * Adds a route to a network through {@link #nic()}.
     *
     * @throws IllegalArgumentException if one is IPv4 and the other IPv6
     */
    void addRoute(Prefix destination, InetAddress via);

    /**
     * Removes the default routes, IPv4's and IPv6's; {@link #removeRoute} of {@link Prefix#ALL_IPV4} or
     * {@link Prefix#ALL_IPV6} removes one.
     *
     * @throws CommandFailedException if there is none
     */
    void removeDefaultRoute();

    /** Removes the route to a network. */
    void removeRoute(Prefix destination);

    /** Gives {@link #nic()} another MAC address, as {@code ip link set address} does. */
    void setMac(MacAddress mac);

    /** Sets an interface up. */
    void setUp(String link);

    /** Sets an interface down. */
    void setDown(String link);

    /** Forgets all neighbours, so that the next packet asks anew. */
    void flushNeighbours();

    /**
     * Asks all neighbours who has an address and collects every answer. The neighbour table is neither asked nor
     * filled.
     *
     * <p>IPv4 is asked for by ARP broadcast, IPv6 by a neighbour solicitation to the address's multicast group (RFC
     * 4861), up to three times until somebody answers.
     *
     * <p>Only the network's answers count. How long they are heard depends on what the lab's nodes say of themselves,
     * past the network: once all those have answered that have the address, and nobody else, answers are heard for 0.1
     * s (in a guest 0.5 s for IPv4), and that is all. Otherwise they are heard for a whole second more, for two where
     * one that has an IPv4 address is silent, and for three where nobody answers for an IPv6 address: where nobody
     * answers, one that has the address is silent, somebody else answered, or a node can't say, as one that does not
     * take commands, that has {@code shell = CONSOLE}, whose interface is also a bridge's or a VLAN's, or that forwards
     * and answers for others (proxy ARP takes up to 0.8 s). So the answer of a node's kernel counts however slow it is,
     * up to those two seconds; that of a program of yours, or of a station that the lab does not know, beside an
     * owner's, only within the shorter time.
     *
     * @throws CommandFailedException if the tool could not ask, as without an address of its own, or said what is not
     *     understood
     */
    NeighbourAnswers whoHas(InetAddress ip);

    /**
     * Tells all neighbours that an address is here: those who believe it elsewhere put their entry right at once.
     * Gratuitous ARP for IPv4; for IPv6 an unsolicited neighbour advertisement, which only containers can send.
     *
     * @throws IllegalArgumentException if the address is not one of {@link #nic()}, or if it is IPv6 and this is a
     *     guest; the message says what to do then
     */
    void announce(InetAddress ip);

    /**
     * The multicast MAC addresses that an interface takes in. One command in the node, {@code ip maddress show dev}.
     *
     * @throws CommandFailedException if there is no such interface
     */
    List<MacAddress> groups(String link);

    /**
     * Has {@link #nic()} take in a multicast MAC address, as {@code ip maddress add} does. No router and no switch is
     * told: that is IGMP's and MLD's part, which joins IP groups.
     *
     * @return leaves the group again, unless it was joined by hand before
     * @throws IllegalArgumentException if the address is no group's
     * @see MacAddress#ofGroup
     */
    @CheckReturnValue
    Undo joinGroup(MacAddress group);

    /**
     * Has an interface take in all frames that come to it, whomever they are for.
     *
     * @return ends it, unless it was so before
     */
    @CheckReturnValue
    Undo enablePromiscuousMode(String link);

    /**
     * Has an interface take in the frames of all multicast groups that come to it.
     *
     * @return ends it, unless it was so before
     */
    @CheckReturnValue
    Undo enableAllMulticast(String link);

    /**
     * Asks for one echo reply, and waits for it up to 4 s: longer than a kernel asks for a neighbour, which takes 3 s
     * where nobody has the address, and then ends it. Meanwhile a container repeats the request every 0.2 s; a guest
     * sends one.
     *
     * @throws CommandFailedException if {@code ping} could not run, or said what is not understood
     */
    PingResult ping(InetAddress ip);

    /**
     * Sends so many echo requests, 20 ms apart, and waits up to 4 s for the replies.
     *
     * @throws CommandFailedException if {@code ping} could not run, or said what is not understood
     */
    PingResult ping(InetAddress ip, int requests);

    /**
     * Tries to log in to a guest at the guest's present address, with the lab's key, from this node's network. Where
     * nobody has the address that ends after 3 s, when the kernel gives its neighbour up; where it does not answer,
     * after 5 s, or a little more from a guest. Where it is connected, the log-in has 30 s.
     *
     * @throws NotThereException if the guest has no address at all
     */
    SshAttempt ssh(Guest target);

    /** Tries to log in to a guest at an address of your choice. */
    SshAttempt ssh(Guest target, InetAddress at);

    /**
     * Tries to get a page by HTTP, over this node's network and with its name server.
     *
     * @param url such as {@code http://www.example.com/}
     * @throws IllegalArgumentException if it does not begin with {@code http://}
     * @throws CommandFailedException if the node's client could not run, or said what is not understood
     */
    HttpResult httpGet(String url);

    /** Runs a command for at most the given time and expects it to succeed. */
    default CommandResult run(Duration deadline, String... argv) {
        return tryRun(deadline, argv).orThrow();
    }
}
