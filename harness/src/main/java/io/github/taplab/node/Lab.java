package io.github.taplab.node;

import io.github.taplab.capture.Traffic;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.spec.Subnet;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** All that one test class gets. Nodes that nobody asked for so far are started by the first call that does. */
@API(status = Status.STABLE, since = "0.1.0")
public interface Lab {

    /** The network that all nodes are on. */
    Subnet subnet();

    /**
     * The only launcher.
     *
     * @throws IllegalStateException if the lab has several
     */
    Launcher launcher();

    /**
     * A launcher by its name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists what there is
     */
    Launcher launcher(String name);

    /**
     * The only guest.
     *
     * @throws IllegalStateException if the lab has none, or several
     */
    Guest guest();

    /**
     * A guest by its name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists what there is
     */
    Guest guest(String name);

    /** All guests, in the order of their declaration. */
    List<Guest> guests();

    /**
     * The only client.
     *
     * @throws IllegalStateException if the lab has none, or several
     */
    Client client();

    /**
     * A client by its name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists what there is
     */
    Client client(String name);

    /** The station with the subnet's first address. */
    Gateway gateway();

    /**
     * The web server behind the gateway.
     *
     * @throws IllegalStateException if the lab has no internet
     */
    WebServer webServer();

    /**
     * Holds the lab here until a person who looks at it lets it go, as a breakpoint does; the terminal says how to get
     * into each node, and how to go on. A deadline ends it too ({@code taplab.hold.deadline}), and so does an interrupt
     * of this thread, such as a timeout's, which is still interrupted then. For the time while a test is written.
     */
    @API(status = Status.EXPERIMENTAL, since = "0.1.0")
    void hold();

    /**
     * What passes the interfaces of all containers, the macvtaps among them, while something is done. Nobody has to
     * begin a recording: the containers do that from their start on, and without promiscuous mode.
     *
     * <p>It has all that had passed when {@code action} returned. A frame that is still on its way then has not; so let
     * the action end when what it brings has been seen to end.
     *
     * @param action what it throws is thrown on
     * @throws InterruptedWaitException if this thread is interrupted while the containers are asked
     */
    @API(status = Status.EXPERIMENTAL, since = "0.1.0")
    Traffic trafficOf(Runnable action);
}
