package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.node.Uplink;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Subnet;
import java.util.List;

/**
 * What makes the gateway a router to the lab's internet. That it forwards packets at all was settled when its container
 * was created.
 */
final class Router implements Uplink {

    // Docker numbers a container's interfaces in the order in which it joins networks.
    private static final String NIC = "eth1";

    private final DockerEngine docker;
    private final LeasedContainer container;
    private final Wan wan;
    private final Shell gateway;
    private final Masquerade nat;
    private final NameServer dns;

    /**
     * A router that is not plugged in yet.
     *
     * @param inside the lab's own network
     * @param names that the name server knows
     */
    Router(DockerEngine docker, LeasedContainer container, Wan wan, Subnet inside, List<String> names) {
        this.docker = docker;
        this.container = container;
        this.wan = wan;
        gateway = (deadline, argv) -> container.exec(LabSpec.GATEWAY_NAME, deadline, List.of(argv));
        nat = new Masquerade(inside, NIC);
        dns = new NameServer(NodeStarter.NIC, names, wan.serverIp());
    }

    /** Plugs the gateway into the wan and starts NAT and the name server. */
    void start() {
        // Not before the container runs: the order in which an engine joins several networks at a start is its own.
        docker.networks().join(container, wan.network().id(), wan.gatewayIp());
        gateway.run("ip", "link", "set", "dev", NIC, "address", wan.gatewayMac().toString());
        // The wan ends here, and Docker may have moved the default route to it.
        gateway.run("ip", "-4", "route", "flush", "exact", "default");
        run(nat.start());
        run(dns.start());
    }

    @Override
    public String nic() {
        return NIC;
    }

    @Override
    public Undo stopDns() {
        return UndoStack.commanding(() -> run(dns.stop()), () -> run(dns.start()));
    }

    @Override
    public Undo stopNat() {
        return UndoStack.commanding(() -> run(nat.stop()), () -> run(nat.start()));
    }

    private void run(List<String> argv) {
        gateway.run(argv.toArray(String[]::new));
    }
}
