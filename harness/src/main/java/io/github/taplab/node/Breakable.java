package io.github.taplab.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Impairment;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The faults that a node can be given. Each is there when its call returns, and ends with its block: {@code try (Undo
 * fault = guest.takeDown("eth0")) { … }}.
 *
 * <p>What concerns the frames of a guest happens at its macvtap, or its tap, in the launcher: the guest has no part in
 * it and does not see it. Neighbour tables are left as they are: flush them before you judge who reaches whom.
 *
 * <p>All calls throw {@link CommandFailedException} where the node's own tool refuses, and
 * {@link IllegalStateException} on the Docker host as a gateway: a killed test run would leave it broken.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Breakable {

    /**
     * Sets an interface down. The end sets it up again, and restores what an interface loses that is down: its routes,
     * its IPv6 addresses and the neighbours entered by hand. An interface that was down already stays down.
     *
     * @throws NotThereException if there is none of that name; the message lists what there is
     */
    @CheckReturnValue
    Undo takeDown(String link);

    /**
     * Gives an interface another MTU, in bytes of a frame's payload. The interfaces on top of it may have to follow, as
     * macvtaps follow their parent; the end gives all of them back what they had.
     *
     * @throws NotThereException if there is none of that name; the message lists what there is
     */
    @CheckReturnValue
    Undo overrideMtu(String link, int mtu);

    /** Has the NIC send with another MAC address, as {@code ip link set address} does. */
    @CheckReturnValue
    Undo spoofMac(MacAddress mac);

    /**
     * Lets no frame pass between this node and another one, in neither direction, be it IPv4, IPv6 or ARP; both still
     * talk to everybody else. Nodes are told by the MAC address that their NIC has at this moment. A frame is dropped
     * where it would come in, so a capture on the receiver's NIC still shows it.
     *
     * <p>A launcher's eth0 is under the macvtaps of its guests too. There a frame of the other node is dropped if it is
     * for the launcher itself; one for all stations passes on to the guests, and the launcher's own IP and ARP do not
     * hear it. With {@link Attachment#BRIDGE} only the launcher's own frames pass its bridge.
     *
     * @throws IllegalArgumentException if the other node is this one, or one of the two is the {@link WebServer}
     */
    @CheckReturnValue
    Undo partitionFrom(Node other);

    /**
     * Has the frames that leave this node suffer on their way. Several impairments add up.
     *
     * <p>A guest's frames suffer before the macvtap decides where they go, those between guests of one launcher
     * included. A launcher's line is its eth0: what its guests send through it suffers too. With
     * {@link Attachment#BRIDGE} its line is the bridge, through which its guests send nothing.
     *
     * <p>Done by {@code netem} where the kernel of the Docker host has it. Where it has not, loss and duplication are
     * done by nftables and the rate by {@code tbf}.
     *
     * @throws UnsupportedOperationException if a delay is asked for and that kernel has no {@code netem}; if anything
     *     but loss is asked for and this is a guest with a tap on a bridge
     */
    @CheckReturnValue
    Undo impair(Impairment impairment);

    /** Keeps the ARP replies and IPv6 neighbour advertisements of this node from leaving it. */
    @CheckReturnValue
    Undo suppressNeighbourAnswers();

    /**
     * Answers each ARP question that comes in for an IPv4 address with a MAC address of your choice, beside whoever
     * else answers. The answer is made in the kernel, so it is fast: most askers hear it first, and believe it.
     *
     * @throws IllegalArgumentException if the address is IPv6
     * @throws UnsupportedOperationException if this is a guest with a tap on a bridge
     */
    @CheckReturnValue
    Undo forgeArpAnswers(InetAddress ip, MacAddress mac);

    /**
     * Enters a neighbour as reachable at a MAC address of your choice, as if it had been there until just now. The
     * kernel believes that for 15 s at least (half of {@code base_reachable_time_ms}). Later it asks that MAC address
     * when it has something to send, which takes 8 s, and if nobody answers it asks everybody.
     *
     * <p>A question or an announcement of the true owner puts the entry right at any time. An owner that knows this
     * node does ask whether it is still there: have it forget its neighbours first.
     *
     * <p>The end restores what the table said of the neighbour before, which may be nothing.
     */
    @CheckReturnValue
    Undo poisonNeighbour(InetAddress ip, MacAddress mac);
}
