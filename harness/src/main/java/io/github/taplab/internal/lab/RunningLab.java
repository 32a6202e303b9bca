package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.lab.OpenResources.Step;
import io.github.taplab.internal.libvirt.LibvirtConnection;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Quoted;
import io.github.taplab.spec.Subnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lab while it runs. It knows which node is where; how one starts is {@link NodeStarter}'s and
 * {@link GuestStarter}'s.
 */
public final class RunningLab implements Lab, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningLab.class);

    // Each part has a deadline of its own, and a guest's system may take ten minutes to boot, and once more for what
    // its
    // cloud-init shall do.
    private static final Duration LONGEST_START = Duration.ofMinutes(40);

    private final Session session;
    private final LabSpec spec;
    private final String name;
    private final Phases phases = new Phases();
    private final OpenResources resources;
    private final NodeStarts starts;
    private final Map<String, CompletableFuture<Node>> nodes = new ConcurrentHashMap<>();
    // The first key of a JVM takes as long as a container's start: the cryptography has to be loaded.
    private final CompletableFuture<LabKey> key;
    private final LabNetwork network;
    private final NodeStarter starter;
    private final GuestStarter guestStarter;

    private RunningLab(
            Session session, LabSpec spec, String name, Map<String, DiskImage> disks, OpenResources resources) {
        this.session = session;
        this.spec = spec;
        this.name = name;
        this.resources = resources;
        starts = new NodeStarts(name);
        resources.open(Step.STARTS, "the start of nodes", () -> starts::interrupt);
        resources.open(Step.CONNECTIONS, "the end of starting nodes", () -> starts::awaitEnd);
        key = starts.begin(LabKey::generate);
        String resourceName = session.owner().resourceName(Integer.toString(session.nextLab()));
        Map<String, String> labels = session.owner().labels(name);
        LabNetworks networks = phases.measure(
                "network",
                () -> resources.open(
                        Step.NETWORKS,
                        "network " + resourceName,
                        () -> LabNetworks.create(session.docker(), spec, resourceName, labels)));
        network = networks.lab();
        LabContainers containers = new LabContainers(
                spec, session.host().facts(), session.host().image(), disks, network, resourceName + "-", labels);
        starter = new NodeStarter(session, spec, networks, containers, resources, starts, phases);
        guestStarter = new GuestStarter(
                spec,
                networks.lab().addresses(),
                session.host().facts(),
                disks,
                session.bootSilence(),
                resources,
                phases);
    }

    /**
     * Starts a lab and waits until it can be used.
     *
     * @param name for labels and messages
     * @param asked names of the clients, and of the gateway, that are known to be asked for; others start on demand
     */
    public static RunningLab start(Session session, LabSpec spec, String name, Set<String> asked) {
        // The first lab of a session waits for the images; that is not the lab's time.
        session.host().facts().require(spec);
        Map<String, DiskImage> disks = new HashMap<>();
        spec.guests().forEach(guest -> guest.disk().ifPresent(disk -> disks.put(guest.name(), session.disk(disk))));
        OpenResources resources = new OpenResources(name, session::leaked);
        // Before anything is opened: the JVM may be told to end at any moment.
        session.register(resources);
        try {
            RunningLab lab = new RunningLab(session, spec, name, disks, resources);
            lab.startAll(asked);
            LOG.info("Lab of {} on {} is up: {}", lab.shortName(), lab.subnet(), lab.phases);
            return lab;
        } catch (RuntimeException | Error e) {
            close(session, resources);
            throw e;
        }
    }

    private void startAll(Set<String> asked) {
        // What can start at the same time does.
        List<CompletableFuture<Node>> all = new ArrayList<>();
        Stream.concat(asked.stream(), always()).map(this::besideLauncher).forEach(all::add);
        all.addAll(launchersAndGuests());
        CompletableFuture<Void> up = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        // Of a lab that can't be whole nobody waits for the rest.
        for (CompletableFuture<Node> node : all) {
            CompletableFuture<Node> unused = node.whenComplete((started, failure) -> {
                if (failure != null) {
                    up.completeExceptionally(failure);
                }
            });
        }
        Waiting.joined(
                () -> "the lab of %s is up, which is at %s".formatted(shortName(), phases.underWay()),
                LONGEST_START,
                up);
    }

    private List<CompletableFuture<Node>> launchersAndGuests() {
        List<CompletableFuture<Node>> all = new ArrayList<>();
        Map<String, CompletableFuture<Node>> launchers = new HashMap<>();
        Map<String, CompletableFuture<LibvirtConnection>> libvirts = new HashMap<>();
        for (String launcher : spec.launchers()) {
            CompletableFuture<Node> started = node(launcher, () -> starter.launcher(launcher));
            launchers.put(launcher, started);
            all.add(started);
            if (needsLibvirt(launcher)) {
                libvirts.put(launcher, starts.begin(() -> starter.libvirt((LauncherHandle) joined(launcher, started))));
            }
        }
        for (int i = 0; i < spec.guests().size(); i++) {
            GuestSpec guest = spec.guests().get(i);
            int host = new HostNumbers(spec).guest(i);
            CompletableFuture<Node> launcher = Objects.requireNonNull(launchers.get(guest.launcher()));
            all.add(node(
                    guest.name(),
                    () -> guestStarter.start(
                            guest,
                            host,
                            (LauncherHandle) joined(guest.launcher(), launcher),
                            () -> joined(
                                    "libvirt of " + guest.launcher(),
                                    Objects.requireNonNull(libvirts.get(guest.launcher()))),
                            key)));
        }
        return all;
    }

    private boolean needsLibvirt(String launcher) {
        return spec.guests().stream()
                .anyMatch(guest -> guest.launcher().equals(launcher) && guest.attachment() != Attachment.QEMU);
    }

    private CompletableFuture<Node> besideLauncher(String node) {
        return switch (node) {
            case LabSpec.GATEWAY_NAME -> node(node, starter::gateway);
            case LabSpec.WEB_SERVER_NAME -> node(node, starter::webServer);
            default -> node(node, () -> starter.client(node));
        };
    }

    /** What starts beside the launcher without being asked for. */
    private Stream<String> always() {
        return spec.internet().isEmpty() ? Stream.of() : Stream.of(LabSpec.GATEWAY_NAME, LabSpec.WEB_SERVER_NAME);
    }

    private CompletableFuture<Node> node(String node, Supplier<Node> start) {
        return nodes.computeIfAbsent(node, unused -> starts.begin(start));
    }

    private <T> T joined(String node, CompletableFuture<T> started) {
        return Waiting.joined(
                () -> "%s of the lab of %s has started, which is at %s".formatted(node, shortName(), phases.underWay()),
                LONGEST_START,
                started);
    }

    @Override
    public Subnet subnet() {
        return network.subnet();
    }

    @Override
    public Launcher launcher() {
        return launcher(only("launcher", spec.launchers()));
    }

    @Override
    public Launcher launcher(String wanted) {
        return (Launcher) joined(wanted, started(known("launcher", wanted, spec.launchers())));
    }

    @Override
    public Guest guest() {
        return guest(only("guest", guestNames()));
    }

    @Override
    public Guest guest(String wanted) {
        return (Guest) joined(wanted, started(known("guest", wanted, guestNames())));
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
        return (Client) joined(wanted, besideLauncher(known("client", wanted, spec.clients())));
    }

    @Override
    public Gateway gateway() {
        return (Gateway) joined(LabSpec.GATEWAY_NAME, besideLauncher(LabSpec.GATEWAY_NAME));
    }

    @Override
    public WebServer webServer() {
        if (spec.internet().isEmpty()) {
            throw new IllegalStateException("The lab has no internet, name its hosts in @LabContainer(internet = …)");
        }
        return (WebServer) joined(LabSpec.WEB_SERVER_NAME, besideLauncher(LabSpec.WEB_SERVER_NAME));
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

    static String known(String kind, String wanted, Collection<String> names) {
        if (names.stream().noneMatch(name -> name.equals(wanted))) {
            throw new IllegalArgumentException(
                    "The lab has no %s %s, it has %s".formatted(kind, Quoted.of(String.valueOf(wanted)), names));
        }
        return wanted;
    }

    /** Removes everything. What can't be removed is told as a leak: a test's verdict is not changed by it. */
    @Override
    public void close() {
        long start = System.nanoTime();
        close(session, resources);
        LOG.info("Lab of {} is gone after {} ms", shortName(), (System.nanoTime() - start) / 1_000_000);
    }

    private static void close(Session session, OpenResources resources) {
        resources.close();
        session.unregister(resources);
    }
}
