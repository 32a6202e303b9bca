package io.github.taplab.internal.lab;

import io.github.taplab.Lab;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.guest.LibvirtGuest;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.ClientHandle;
import io.github.taplab.internal.node.GatewayHandle;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Subnet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lab while it runs. Everything that it starts is put on a stack, and closed from the top. */
public final class RunningLab implements Lab, AutoCloseable {

    static final String NIC = "eth0";

    private static final Logger LOG = LoggerFactory.getLogger(RunningLab.class);

    private final Session session;
    private final LabSpec spec;
    private final String name;
    private final Phases phases = new Phases();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Node>> nodes = new ConcurrentHashMap<>();
    private final ExecutorService starting = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "taplab-start");
        thread.setDaemon(true);
        return thread;
    });
    // The first key of a JVM takes as long as a container's start: the cryptography has to be loaded.
    private final CompletableFuture<LabKey> key = CompletableFuture.supplyAsync(LabKey::generate, starting);
    private final LabNetwork network;
    private final LabContainers containers;
    private boolean closed;

    private RunningLab(Session session, LabSpec spec, String name) {
        this.session = session;
        this.spec = spec;
        this.name = name;
        String resources = session.owner().resourceName(Integer.toString(session.nextLab()));
        Map<String, String> labels = session.owner().labels(name);
        network = phases.measure("network", () -> LabNetwork.create(session.docker(), spec, resources, labels));
        opened.push(network);
        containers = new LabContainers(
                spec, session.host().facts(), session.host().image(), network, resources + "-", labels);
    }

    /**
     * Starts a lab and waits until it can be used.
     *
     * @param name for labels and messages
     * @param asked names of the clients, and of the gateway, that are known to be asked for; others start on demand
     */
    public static RunningLab start(Session session, LabSpec spec, String name, Set<String> asked) {
        RunningLab lab = new RunningLab(session, spec, name);
        session.register(lab);
        try {
            // Asked for first, awaited last: what can start at the same time does.
            List<CompletableFuture<Node>> beside =
                    asked.stream().map(lab::besideLauncher).toList();
            lab.startGuests();
            beside.forEach(RunningLab::joined);
            LOG.info("Lab of {} on {} is up: {}", lab.shortName(), lab.subnet(), lab.phases);
            return lab;
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    private void startGuests() {
        LauncherHandle launcher = (LauncherHandle) joined(node(LabSpec.LAUNCHER_NAME, this::startLauncher));
        if (spec.guests().isEmpty()) {
            return;
        }
        LibvirtConnection libvirt =
                phases.measure("libvirt", () -> open(() -> LibvirtConnection.open(launcher.container())));
        Map<String, CompletableFuture<Node>> guests = new LinkedHashMap<>();
        for (int i = 0; i < spec.guests().size(); i++) {
            int index = i;
            GuestSpec guest = spec.guests().get(i);
            guests.put(guest.name(), node(guest.name(), () -> startGuest(guest, index, launcher, libvirt)));
        }
        guests.values().forEach(RunningLab::joined);
    }

    private Node startLauncher() {
        LeasedContainer container = phases.measure("launcher", () -> openReady(containers.launcher()));
        LauncherHandle launcher = new LauncherHandle(LabSpec.LAUNCHER_NAME, NIC, container);
        routeToGateway(launcher);
        return launcher;
    }

    private Node startGuest(GuestSpec guest, int index, Launcher launcher, LibvirtConnection libvirt) {
        int host = spec.guestHost(index);
        MacAddress mac = guest.mac().orElseGet(() -> LabMacs.GUEST.of(network.subnet(), host));
        Guest booted =
                LibvirtGuest.boot(guest, mac, launcher, libvirt, session.host().facts(), key.join(), phases);
        switch (guest.address()) {
            case NONE -> {}
            case OWN -> {
                booted.addAddress(network.subnet().hostCidr(host));
                booted.addDefaultRoute(network.subnet().host(LabSpec.GATEWAY_HOST));
            }
            case TAKE_OVER -> {
                booted.copyAddressFrom(launcher);
                launcher.removeAddress();
            }
        }
        return booted;
    }

    private CompletableFuture<Node> besideLauncher(String node) {
        return node.equals(LabSpec.GATEWAY_NAME) ? node(node, this::startGateway) : node(node, () -> startClient(node));
    }

    private Node startClient(String client) {
        Node node = new ClientHandle(client, NIC, openReady(containers.client(client)));
        routeToGateway(node);
        return node;
    }

    private Node startGateway() {
        GatewayHandle gateway =
                new GatewayHandle(LabSpec.GATEWAY_NAME, containers.gatewayNic(), openReady(containers.gateway()));
        if (spec.gateway() == GatewayPlace.LAB) {
            gateway.run("ip", "address", "flush", "dev", NIC);
            gateway.addAddress(network.subnet().hostCidr(LabSpec.GATEWAY_HOST));
        }
        return gateway;
    }

    // Whether the containers of an --internal network have a default route depends on Docker's version.
    private void routeToGateway(Node node) {
        if (spec.gateway() == GatewayPlace.DOCKER_HOST) {
            String gateway = network.subnet().host(LabSpec.GATEWAY_HOST).getHostAddress();
            node.run("ip", "route", "replace", "default", "via", gateway, "dev", NIC);
        }
    }

    private LeasedContainer openReady(ContainerRequest request) {
        LeasedContainer container = open(() -> session.docker().start(request));
        container.awaitReady();
        return container;
    }

    private CompletableFuture<Node> node(String node, Supplier<Node> start) {
        return nodes.computeIfAbsent(node, unused -> CompletableFuture.supplyAsync(start, starting));
    }

    private <T extends AutoCloseable> T open(Supplier<T> opener) {
        T resource = opener.get();
        synchronized (opened) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        closeQuietly(resource);
        throw new IllegalStateException("The lab of " + name + " was closed while it started");
    }

    private static Node joined(CompletableFuture<Node> node) {
        try {
            return node.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public Subnet subnet() {
        return network.subnet();
    }

    @Override
    public Launcher launcher() {
        return (Launcher) joined(started(LabSpec.LAUNCHER_NAME));
    }

    @Override
    public Guest guest() {
        return guest(only("guest", guestNames()));
    }

    @Override
    public Guest guest(String wanted) {
        return (Guest) joined(started(known("guest", wanted, guestNames())));
    }

    @Override
    public List<Guest> guests() {
        return guestNames().stream().map(this::guest).toList();
    }

    @Override
    public Client client() {
        return client(only("client", spec.clients()));
    }

    @Override
    public Client client(String wanted) {
        return (Client) joined(besideLauncher(known("client", wanted, spec.clients())));
    }

    @Override
    public Gateway gateway() {
        return (Gateway) joined(besideLauncher(LabSpec.GATEWAY_NAME));
    }

    /** The nodes that run, without starting any. */
    public List<Node> running() {
        List<Node> running = new ArrayList<>();
        for (CompletableFuture<Node> node : nodes.values()) {
            if (node.isDone() && !node.isCompletedExceptionally()) {
                running.add(node.join());
            }
        }
        return running;
    }

    private String shortName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private CompletableFuture<Node> started(String node) {
        CompletableFuture<Node> future = nodes.get(node);
        if (future == null) {
            throw new IllegalStateException("The lab of " + name + " has not started its " + node);
        }
        return future;
    }

    private List<String> guestNames() {
        return spec.guests().stream().map(GuestSpec::name).toList();
    }

    private static String only(String kind, Collection<String> names) {
        if (names.size() != 1) {
            throw new IllegalStateException(
                    "The lab has %d %ss %s: name the one you mean".formatted(names.size(), kind, names));
        }
        return names.iterator().next();
    }

    private static String known(String kind, String wanted, Collection<String> names) {
        if (!names.contains(wanted)) {
            throw new IllegalArgumentException("The lab has no %s \"%s\", it has %s".formatted(kind, wanted, names));
        }
        return wanted;
    }

    /** Removes everything, the latest first. What can't be removed is logged: a test's verdict is not changed by it. */
    @Override
    public void close() {
        long start = System.nanoTime();
        List<AutoCloseable> closing;
        synchronized (opened) {
            closed = true;
            closing = List.copyOf(opened);
            opened.clear();
        }
        closing.forEach(this::closeQuietly);
        starting.shutdownNow();
        session.unregister(this);
        LOG.info("Lab of {} is gone after {} ms", shortName(), (System.nanoTime() - start) / 1_000_000);
    }

    private void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("Something of the lab of {} was not removed: {}", name, e.getMessage(), e);
        }
    }
}
