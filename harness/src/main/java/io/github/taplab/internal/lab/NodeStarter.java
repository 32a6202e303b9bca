package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.LabAddresses.Role;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.node.AbstractNode;
import io.github.taplab.internal.node.ClientHandle;
import io.github.taplab.internal.node.GatewayHandle;
import io.github.taplab.internal.node.InternetHandle;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.node.SwitchPort;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.qemu.QemuMachine;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.Cidr;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.NicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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

    LauncherHandle launcher(String name) {
        LeasedContainer container = phases.measure(name, () -> start(containers.launcher(name)));
        LauncherHandle launcher = new LauncherHandle(name, NIC, container, ports);
        completeAddresses(launcher, launcherHost(name));
        return launcher;
    }

    LibvirtConnection libvirt(LauncherHandle launcher) {
        return phases.measure("libvirt", () -> resources.open(() -> LibvirtConnection.open(launcher.container())));
    }

    /**
     * Starts a guest.
     *
     * @param host host number of its first NIC
     * @param libvirt asked for only by an attachment that needs it
     */
    Guest guest(
            GuestSpec guest,
            int host,
            LauncherHandle launcher,
            Supplier<LibvirtConnection> libvirt,
            CompletableFuture<LabKey> key) {
        MachineConfig config = GuestHandle.config(guest, nics(guest, host), facts.kvm(), launcher);
        if (guest.attachment() != Attachment.DIRECT) {
            config.nics()
                    .forEach(nic -> launcher.addMacvtap(
                            nic.macvtap(), nic.mac(), nic.spec().mode()));
        }
        Machine machine = phases.measure(
                guest.name() + " start",
                () -> guest.attachment() == Attachment.QEMU
                        ? resources.open(() -> QemuMachine.start(launcher.container(), config))
                        : libvirt.get().create(config));
        GuestHandle booted = GuestHandle.boot(config, launcher, machine, key.join(), phases);
        boolean routed = false;
        for (NicConfig nic : config.nics()) {
            GuestHandle seen = booted.on(booted.nic(nic.index()));
            setMtu(seen, nic);
            giveAddress(seen, nic, host + nic.index(), launcher, !routed);
            routed |= nic.spec().address() != GuestAddress.NONE;
        }
        return booted;
    }

    private List<NicConfig> nics(GuestSpec guest, int firstHost) {
        List<NicConfig> nics = new ArrayList<>();
        for (NicSpec nic : guest.nics()) {
            int host = firstHost + nics.size();
            nics.add(new NicConfig(
                    nic,
                    nics.size(),
                    nic.mac().orElseGet(() -> addresses.mac(Role.GUEST, host)),
                    NIC,
                    "mvtap" + host,
                    facts.movesFramesOf(nic)));
        }
        return nics;
    }

    // libvirt refuses <mtu> on a direct interface, so both ends are set the same way whatever the attachment.
    private static void setMtu(GuestHandle guest, NicConfig nic) {
        nic.spec().mtu().map(mtu -> Integer.toString(mtu)).ifPresent(mtu -> {
            guest.launcher().run("ip", "link", "set", "dev", guest.macvtap().name(), "mtu", mtu);
            guest.run("ip", "link", "set", "dev", guest.nic(), "mtu", mtu);
        });
    }

    private void giveAddress(GuestHandle guest, NicConfig nic, int host, LauncherHandle launcher, boolean route) {
        switch (nic.spec().address()) {
            case NONE -> {}
            case OWN -> {
                Cidr free = addresses.ipv4(host);
                guest.addAddress(nic.spec()
                        .ip()
                        .map(ip -> new Cidr(ip, free.prefixLength()))
                        .orElse(free));
                if (route) {
                    guest.addDefaultRoute(addresses.ip(LabSpec.GATEWAY_HOST));
                }
                if (spec.ipv6()) {
                    guest.addUniqueAddress(addresses.ipv6(host));
                }
            }
            case TAKE_OVER -> {
                guest.copyAddressFrom(launcher);
                launcher.removeAddress();
                if (spec.ipv6()) {
                    Cidr taken = addresses.ipv6(launcherHost(launcher.name()));
                    launcher.removeAddress(taken);
                    guest.addUniqueAddress(taken);
                }
            }
        }
        if (!spec.internet().isEmpty() && nic.spec().address() != GuestAddress.NONE) {
            guest.useNameServer(addresses.ip(LabSpec.GATEWAY_HOST));
        }
    }

    private int launcherHost(String name) {
        return spec.launcherHost(spec.launchers().indexOf(name));
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
                new GatewayHandle(LabSpec.GATEWAY_NAME, containers.gatewayNic(), container, gatewaysPort(), router);
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

    private Optional<SwitchPort> gatewaysPort() {
        return switch (spec.gateway()) {
            case LAB -> Optional.of(ports);
            case DOCKER_HOST -> Optional.empty();
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
