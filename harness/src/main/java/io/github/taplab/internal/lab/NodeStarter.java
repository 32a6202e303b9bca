package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.guest.LibvirtGuest;
import io.github.taplab.internal.lab.LabAddresses.Role;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.ClientHandle;
import io.github.taplab.internal.node.GatewayHandle;
import io.github.taplab.internal.node.Hairpin;
import io.github.taplab.internal.node.InternetHandle;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts the nodes of one lab, each until it can be used. */
final class NodeStarter {

    static final String NIC = "eth0";

    private final Session session;
    private final LabSpec spec;
    private final LabAddresses addresses;
    private final Optional<Wan> wan;
    private final LabContainers containers;
    private final HostFacts facts;
    private final OpenResources resources;
    private final Phases phases;
    private final BridgePorts ports = new BridgePorts(this::dockerHost);
    private @Nullable LeasedContainer dockerHost;

    NodeStarter(
            Session session,
            LabSpec spec,
            LabNetworks networks,
            LabContainers containers,
            OpenResources resources,
            Phases phases) {
        this.session = session;
        this.spec = spec;
        this.addresses = networks.lab().addresses();
        this.wan = networks.wan();
        this.containers = containers;
        this.facts = session.host().facts();
        this.resources = resources;
        this.phases = phases;
    }

    LauncherHandle launcher() {
        LeasedContainer container = phases.measure("launcher", () -> start(containers.launcher()));
        LauncherHandle launcher = new LauncherHandle(LabSpec.LAUNCHER_NAME, NIC, container, ports);
        completeAddresses(launcher, LabSpec.LAUNCHER_HOST);
        return launcher;
    }

    LibvirtConnection libvirt(LauncherHandle launcher) {
        return phases.measure("libvirt", () -> resources.open(() -> LibvirtConnection.open(launcher.container())));
    }

    Guest guest(
            GuestSpec guest,
            int host,
            LauncherHandle launcher,
            LibvirtConnection libvirt,
            CompletableFuture<LabKey> key) {
        MacAddress mac = guest.nic().mac().orElseGet(() -> addresses.mac(Role.GUEST, host));
        LibvirtGuest booted = LibvirtGuest.boot(guest, mac, launcher, libvirt, facts, key.join(), phases);
        switch (guest.nic().address()) {
            case NONE -> {}
            case OWN -> {
                booted.addAddress(addresses.ipv4(host));
                booted.addDefaultRoute(addresses.ip(LabSpec.GATEWAY_HOST));
                if (spec.ipv6()) {
                    booted.addUniqueAddress(addresses.ipv6(host));
                }
            }
            case TAKE_OVER -> {
                booted.copyAddressFrom(launcher);
                launcher.removeAddress();
                if (spec.ipv6()) {
                    launcher.removeAddress(addresses.ipv6(LabSpec.LAUNCHER_HOST));
                    booted.addUniqueAddress(addresses.ipv6(LabSpec.LAUNCHER_HOST));
                }
            }
        }
        if (!spec.internet().isEmpty() && guest.nic().address() != GuestAddress.NONE) {
            booted.useNameServer(addresses.ip(LabSpec.GATEWAY_HOST));
        }
        return booted;
    }

    ClientHandle client(String name) {
        ClientHandle client = new ClientHandle(name, NIC, start(containers.client(name)), ports);
        completeAddresses(client, spec.clientHost(spec.clients().indexOf(name)));
        return client;
    }

    GatewayHandle gateway() {
        LeasedContainer container = start(containers.gateway());
        Optional<Router> router =
                wan.map(net -> new Router(session.docker(), container, net, addresses.subnet(), spec.internet()));
        GatewayHandle gateway =
                new GatewayHandle(LabSpec.GATEWAY_NAME, containers.gatewayNic(), container, gatewaysHairpin(), router);
        if (spec.gateway() == GatewayPlace.LAB) {
            gateway.run("ip", "-4", "address", "flush", "dev", NIC);
            gateway.addAddress(addresses.ipv4(LabSpec.GATEWAY_HOST));
            if (spec.ipv6()) {
                gateway.addUniqueAddress(addresses.ipv6(LabSpec.GATEWAY_HOST));
            }
        }
        router.ifPresent(Router::start);
        return gateway;
    }

    /** The web server knows its own network only: without NAT it must not find back to the lab. */
    InternetHandle internet() {
        Wan net = wan.orElseThrow();
        InternetHandle internet =
                new InternetHandle(LabSpec.INTERNET_NAME, NIC, start(containers.internet(net)), ports);
        internet.run("ip", "-4", "route", "flush", "exact", "default");
        return internet;
    }

    private Hairpin gatewaysHairpin() {
        return switch (spec.gateway()) {
            case LAB -> ports;
            case DOCKER_HOST ->
                (node, nic) -> {
                    throw new IllegalStateException(
                            "The Docker host is the bridge itself, it has no port with a hairpin");
                };
        };
    }

    // Docker has given the container its IPv4 address. Whether it also gives the containers of an --internal network a
    // default route depends on its version.
    private void completeAddresses(AbstractNode node, int host) {
        if (spec.gateway() == GatewayPlace.DOCKER_HOST) {
            String gateway = addresses.ip(LabSpec.GATEWAY_HOST).getHostAddress();
            node.run("ip", "route", "replace", "default", "via", gateway, "dev", NIC);
        }
        if (spec.ipv6()) {
            node.addUniqueAddress(addresses.ipv6(host));
        }
    }

    /** A container in the Docker host's network, started by the first that needs it. */
    private LeasedContainer dockerHost() {
        synchronized (ports) {
            if (dockerHost == null) {
                dockerHost = start(containers.inDockerHostsNetwork("host"));
            }
            return dockerHost;
        }
    }

    private LeasedContainer start(ContainerRequest request) {
        LeasedContainer container = resources.open(() -> session.docker().start(request));
        container.awaitReady();
        return container;
    }
}
