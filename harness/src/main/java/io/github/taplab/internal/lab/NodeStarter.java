package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.lab.OpenResources.Step;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.ClientHandle;
import io.github.taplab.internal.node.DockerHostHandle;
import io.github.taplab.internal.node.GatewayHandle;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.node.Stations;
import io.github.taplab.internal.node.WebServerHandle;
import io.github.taplab.internal.ring.LabRings;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import java.time.Duration;
import java.util.Optional;

/** Starts the containers of one lab, each until it can be used. */
final class NodeStarter {

    static final String NIC = "eth0";

    // The engine is asked several things, each with a deadline of its own.
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final SessionEngine engine;
    private final LabSpec spec;
    private final LabNetwork network;
    private final LabAddresses addresses;
    private final Optional<Wan> wan;
    private final LabIsolation isolation;
    private final LabContainers containers;
    private final OpenResources resources;
    private final NodeStarts starts;
    private final Phases phases;
    private final Stations stations;
    private final LabRings rings;
    private final BridgePorts ports;

    NodeStarter(
            SessionEngine engine,
            LabSpec spec,
            LabNetworks networks,
            LabIsolation isolation,
            LabContainers containers,
            OpenResources resources,
            NodeStarts starts,
            Phases phases,
            Stations stations,
            LabRings rings) {
        this.engine = engine;
        this.spec = spec;
        this.network = networks.lab();
        this.addresses = network.addresses();
        this.wan = networks.wan();
        this.isolation = isolation;
        this.containers = containers;
        this.resources = resources;
        this.starts = starts;
        this.phases = phases;
        this.stations = stations;
        this.rings = rings;
        ports = new BridgePorts(engine.hostNetwork());
    }

    /** The ports into which they are plugged. */
    BridgePorts ports() {
        return ports;
    }

    LauncherHandle launcher(String name) {
        LeasedContainer container = phases.measure(name, () -> start(containers.launcher(name)));
        int host = new HostNumbers(spec).launcher(name);
        boolean bridged = LauncherBridge.isIn(spec, name);
        LauncherHandle launcher =
                new LauncherHandle(name, NIC, bridged ? LauncherBridge.NAME : NIC, container, ports, stations);
        if (bridged) {
            launcher.addBridge();
            launcher.addAddress(addresses.ipv4(host));
            launcher.addDefaultRoute(addresses.ip(HostNumbers.GATEWAY));
        }
        completeAddresses(launcher, host);
        return launcher;
    }

    /** The libvirtd of a launcher without guests: those come from a test's own calls of virsh. */
    LauncherHandle libvirtd(LauncherHandle launcher) {
        phases.time("libvirtd", () -> LibvirtConnection.start(launcher.name(), launcher.container()));
        return launcher;
    }

    LibvirtConnection libvirt(LauncherHandle launcher) {
        return phases.measure(
                "libvirt", () -> resources.open(() -> LibvirtConnection.open(launcher.name(), launcher.container())));
    }

    ClientHandle client(String name) {
        LeasedContainer container = phases.measure(name, () -> start(containers.client(name)));
        ClientHandle client = new ClientHandle(name, NIC, container, ports, stations);
        completeAddresses(client, new HostNumbers(spec).client(name));
        return client;
    }

    GatewayHandle gateway() {
        LeasedContainer container = start(containers.gateway());
        if (spec.gateway() == GatewayPlace.DOCKER_HOST) {
            return new DockerHostHandle(
                    LabSpec.GATEWAY_NAME, containers.gatewayNic(), container, engine.hostNetwork(), stations);
        }
        Optional<Router> router =
                wan.map(net -> new Router(engine.docker(), container, net, addresses.subnet(), spec.internet()));
        GatewayHandle gateway =
                new GatewayHandle(LabSpec.GATEWAY_NAME, NIC, container, Optional.of(ports), router, stations);
        gateway.run("ip", "-4", "address", "flush", "dev", NIC);
        gateway.addAddress(addresses.ipv4(HostNumbers.GATEWAY));
        if (spec.ipv6()) {
            gateway.addUniqueAddress(addresses.ipv6(HostNumbers.GATEWAY));
        }
        router.ifPresent(Router::start);
        return gateway;
    }

    /** The web server knows its own network only: without NAT it must not find back to the lab. */
    WebServerHandle webServer() {
        Wan net = wan.orElseThrow();
        WebServerHandle webServer =
                new WebServerHandle(LabSpec.WEB_SERVER_NAME, NIC, start(containers.webServer(net)), ports, stations);
        webServer.run("ip", "-4", "route", "flush", "exact", "default");
        return webServer;
    }

    // The engine has given the container its IPv4 address.
    private void completeAddresses(AbstractNode node, int host) {
        if (!network.isRouted()) {
            String gateway = addresses.ip(HostNumbers.GATEWAY).getHostAddress();
            node.run("ip", "route", "replace", "default", "via", gateway, "dev", node.nic());
        }
        if (spec.ipv6()) {
            node.addUniqueAddress(addresses.ipv6(host));
        }
    }

    private LeasedContainer start(ContainerRequest request) {
        String name = "container " + request.name();
        LeasedContainer container = starts.undisturbed(
                name + " starts",
                LONGEST_START,
                () -> resources.open(
                        Step.CONTAINERS,
                        name,
                        () -> engine.docker().containers().start(request)));
        container.awaitReady();
        isolation.await(request.network());
        // Who has no name of its own is in the Docker host's network: what passes there is not the lab's.
        request.hostname().ifPresent(node -> rings.record(node, container));
        return container;
    }
}
