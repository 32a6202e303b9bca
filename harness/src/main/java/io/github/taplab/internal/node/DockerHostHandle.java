package io.github.taplab.internal.node;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.fault.Port;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The Docker host as the gateway of a lab, seen from a container in its network namespace. It is looked at and it
 * talks; what would change it is refused here with a word of why. Commands of the user's own are refused by the kernel:
 * that container has no {@code NET_ADMIN}.
 */
public final class DockerHostHandle extends GatewayHandle {

    private final Shell onBridge;

    /**
     * The host.
     *
     * @param bridge its interface in the lab, which is the lab's own
     * @param container in its network namespace, and not allowed to change that
     * @param onBridge a place where commands may change the bridge; only Taplab's own run there
     * @param stations of the lab
     */
    public DockerHostHandle(String name, String bridge, LeasedContainer container, Shell onBridge, Stations stations) {
        super(name, bridge, container, Optional.empty(), Optional.empty(), stations);
        this.onBridge = onBridge;
    }

    private IllegalStateException refusal(String what) {
        return new IllegalStateException(
                "%s is the Docker host itself, which outlives the lab, so %s refused: have a container for a gateway, @LabContainer(gateway = GatewayPlace.LAB)"
                        .formatted(name(), what));
    }

    @Override
    protected Port port() {
        throw refusal("faults are");
    }

    @Override
    public void addAddress(InterfaceIp address) {
        throw refusal("addAddress is");
    }

    @Override
    public void removeAddress(InterfaceIp address) {
        throw refusal("removeAddress is");
    }

    @Override
    public void addDefaultRoute(InetAddress via) {
        throw refusal("addDefaultRoute is");
    }

    @Override
    public void addRoute(Prefix destination, InetAddress via) {
        throw refusal("addRoute is");
    }

    @Override
    public void removeDefaultRoute() {
        throw refusal("removeDefaultRoute is");
    }

    @Override
    public void removeRoute(Prefix destination) {
        throw refusal("removeRoute is");
    }

    @Override
    public void setMac(MacAddress mac) {
        throw refusal("setMac is");
    }

    @Override
    public void setUp(String link) {
        throw refusal("setUp is");
    }

    @Override
    public void setDown(String link) {
        throw refusal("setDown is");
    }

    @Override
    public Undo joinGroup(MacAddress group) {
        throw refusal("joinGroup is");
    }

    @Override
    public Undo enablePromiscuousMode(String link) {
        throw refusal("enablePromiscuousMode is");
    }

    @Override
    public Undo enableAllMulticast(String link) {
        throw refusal("enableAllMulticast is");
    }

    @Override
    public Undo serveDhcp(InetAddress first, InetAddress last) {
        throw refusal("serveDhcp is");
    }

    @Override
    public Undo advertiseRouter(Prefix network) {
        throw refusal("advertiseRouter is");
    }

    /** Its other interfaces are not the lab's. */
    @Override
    public List<AssignedAddress> addressesOfAllLinks() {
        return addresses();
    }

    /** What the host has learned on the lab's bridge belongs to the lab, and goes with it. */
    @Override
    public void flushNeighbours() {
        onBridge.run("ip", "neigh", "flush", "dev", nic());
    }

    /**
     * Into the lab only: the host's other interfaces lead to networks that are nobody's to test. Not from the host's
     * own container, since socat sets the interface up, even if it is, and may not there.
     */
    @Override
    public void send(String link, EthernetFrame frame) {
        if (!link.equals(nic())) {
            throw new IllegalStateException(
                    "%s is the Docker host itself, so it sends frames into the lab only, through %s and not through %s"
                            .formatted(name(), nic(), link));
        }
        FrameSending.send(onBridge, link, frame);
    }
}
