package io.github.taplab.internal.lab;

import io.github.taplab.capture.Traffic;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.OpenResources.Step;
import io.github.taplab.internal.ring.LabRings;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.internal.ssh.LabKey;
import io.github.taplab.internal.timeline.RecordedHandles;
import io.github.taplab.internal.timeline.Timeline;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.WebServer;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Quoted;
import io.github.taplab.spec.Subnet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lab while it runs, as those see it who ask for its nodes. */
public final class RunningLab implements Lab, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningLab.class);

    private final Session session;
    private final SessionEngine engine;
    private final LabSpec spec;
    private final LabName name;
    private final Timeline timeline = new Timeline();
    private final RecordedHandles handles = new RecordedHandles(timeline);
    private final Phases phases = new Phases(timeline::phase);
    private final OpenResources resources;
    private final LabNodes nodes;
    private final LabRings rings;
    private final LabNetwork network;
    private final StartOrder order;
    private final LabCheckpoint checkpoint;
    private final BiConsumer<String, List<Node>> holder;

    private RunningLab(
            Session session,
            SessionEngine engine,
            LabSpec spec,
            LabName name,
            Map<String, DiskImage> disks,
            OpenResources resources,
            BiConsumer<String, List<Node>> holder) {
        this.holder = holder;
        this.session = session;
        this.engine = engine;
        this.spec = spec;
        this.name = name;
        this.resources = resources;
        NodeStarts starts = new NodeStarts(name);
        nodes = new LabNodes(name, starts, phases);
        rings = resources.open(Step.STARTS, "the rings of frames", () -> new LabRings(session.rings()));
        resources.open(Step.STARTS, "the start of nodes", () -> starts::interrupt);
        resources.open(Step.CONNECTIONS, "the end of starting nodes", () -> starts::awaitEnd);
        // The first key of a JVM takes as long as a container's start: the cryptography has to be loaded.
        CompletableFuture<LabKey> key = starts.begin(LabKey::generate);
        String resourceName = session.owner().resourceName(Integer.toString(session.nextLab()));
        Map<String, String> labels = session.owner().labels(name.toString());
        LabNetworks networks = phases.measure(
                "network",
                () -> resources.open(
                        Step.NETWORKS,
                        "network " + resourceName,
                        () -> LabNetworks.create(engine.docker(), spec, resourceName, labels)));
        network = networks.lab();
        LabIsolation isolation =
                new LabIsolation(engine.hostNetwork(), networks.withoutHost(), resources, starts, phases);
        LabSnapshots snapshots = resources.open(
                Step.STARTS, "the snapshots of guests", () -> LabSnapshots.of(engine, session.boot(), spec, disks));
        LabContainers containers = new LabContainers(
                spec,
                engine.host().facts(),
                engine.host().image(),
                disks,
                snapshots,
                network,
                resourceName + "-",
                labels);
        NodeStarter starter =
                new NodeStarter(engine, spec, networks, isolation, containers, resources, starts, phases, nodes, rings);
        LauncherLibvirts libvirts = new LauncherLibvirts(starts, starter, nodes);
        GuestStarter guestStarter = new GuestStarter(
                spec,
                networks.lab().addresses(),
                engine.host().facts(),
                disks,
                snapshots,
                session.bootSilence(),
                resources,
                phases,
                nodes,
                new LiveMigration(nodes::launchers, libvirts::of, resources));
        checkpoint = new LabCheckpoint(name, starts, starter.ports());
        order = new StartOrder(spec, nodes, starter, libvirts, guestStarter, checkpoint, key);
    }

    /** Whether it is known without asking that an engine has all disk images and snapshots of a lab's guests. */
    public static boolean isPrepared(Session session, SessionEngine engine, LabSpec spec) {
        return engine.known()
                .filter(host -> LabSnapshots.areKnown(engine, host, session.boot(), spec))
                .isPresent();
    }

    /**
     * Starts a lab and waits until it can be used.
     *
     * @param engine of the session, where all of it shall be
     * @param name for labels and, until it is given to another class, for messages
     * @param asked names of the clients, and of the gateway, that are known to be asked for; others start on demand
     * @param whenFailed is given the failure and what there is of the lab, before that is torn down
     * @param holder keeps a lab up for a person, by its name and with the nodes that run
     */
    public static RunningLab start(
            Session session,
            SessionEngine engine,
            LabSpec spec,
            String name,
            Set<String> asked,
            BiConsumer<Throwable, RunningLab> whenFailed,
            BiConsumer<String, List<Node>> holder) {
        // The first lab of a session waits for the images; that is not the lab's time.
        engine.host().facts().require(spec);
        Map<String, DiskImage> disks = new HashMap<>();
        spec.guests().forEach(guest -> guest.disk().ifPresent(disk -> disks.put(guest.name(), engine.disk(disk))));
        LabName changing = new LabName(name);
        OpenResources resources =
                new OpenResources(changing, (what, why) -> session.leaked(what + engine.where(), why));
        // Before anything is opened: the JVM may be told to end at any moment.
        session.register(resources);
        try {
            RunningLab lab = new RunningLab(session, engine, spec, changing, disks, resources, holder);
            lab.awaitStart(asked, whenFailed);
            LOG.info("Lab of {} on {}{} is up: {}", changing.shortName(), lab.subnet(), engine.where(), lab.phases);
            return lab;
        } catch (RuntimeException | Error e) {
            close(session, resources);
            throw e;
        }
    }

    private void awaitStart(Set<String> asked, BiConsumer<Throwable, RunningLab> whenFailed) {
        Progress.Step step =
                session.progress().begin(() -> "the lab of %s starts: %s".formatted(name.shortName(), phases.parts()));
        try (step) {
            Waiting.joined(
                    () -> "the lab of %s is up, which is at %s".formatted(name.shortName(), phases.underWay()),
                    LabNodes.LONGEST_START,
                    order.beginAll(asked));
        } catch (RuntimeException | Error e) {
            whenFailed.accept(e, this);
            throw e;
        }
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
        return (Launcher) nodes.started(known("launcher", wanted, spec.launchers()));
    }

    @Override
    public Guest guest() {
        return guest(only("guest", guestNames()));
    }

    @Override
    public Guest guest(String wanted) {
        return (Guest) nodes.started(known("guest", wanted, guestNames()));
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
        return (Client) nodes.joined(wanted, order.besideLauncher(known("client", wanted, spec.clients())));
    }

    @Override
    public Gateway gateway() {
        return (Gateway) nodes.joined(LabSpec.GATEWAY_NAME, order.besideLauncher(LabSpec.GATEWAY_NAME));
    }

    @Override
    public WebServer webServer() {
        if (spec.internet().isEmpty()) {
            throw new IllegalStateException("The lab has no internet, name its hosts in @LabContainer(internet = …)");
        }
        return (WebServer) nodes.joined(LabSpec.WEB_SERVER_NAME, order.besideLauncher(LabSpec.WEB_SERVER_NAME));
    }

    /** Has each of its guests do once what takes an emulated CPU long the first time, while nobody waits for it. */
    public void breakIn() {
        try {
            nodes.running().stream()
                    .filter(GuestHandle.class::isInstance)
                    .map(GuestHandle.class::cast)
                    .forEach(GuestHandle::breakIn);
        } catch (RuntimeException e) {
            LOG.debug("A guest of {} is not broken in", name.shortName(), e);
        }
    }

    /** Gives the lab, which nobody has used, to another class; its labels stay. */
    public void giveTo(String other) {
        LOG.info("Lab of {} goes to {}", name.shortName(), other.substring(other.lastIndexOf('.') + 1));
        name.change(other);
    }

    /** What it is. */
    public LabSpec spec() {
        return spec;
    }

    /** What happened in it. */
    public Timeline timeline() {
        return timeline;
    }

    /** The handles that its tests get. */
    public RecordedHandles handles() {
        return handles;
    }

    /** What runs its guests: KVM, or TCG's emulation. */
    public String accelerator() {
        return engine.host().facts().kvm() ? "KVM" : "TCG";
    }

    /** Its stations as they were when it was ready, without asking them; of those that may come, all. */
    public List<Station> declaredStations() {
        return new DeclaredStations(spec, network.addresses()).all();
    }

    /** The nodes that run, without starting any. */
    public List<Node> running() {
        return nodes.running();
    }

    /** The names of those that were to start, and do not run. */
    public List<String> notRunning() {
        return nodes.notRunning();
    }

    /** Whose it is, in messages. */
    public String shortName() {
        return name.shortName();
    }

    @Override
    public void hold() {
        holder.accept(shortName(), nodes.running());
    }

    @Override
    public Traffic trafficOf(Runnable action) {
        return LabTraffic.during(action, rings);
    }

    /** The last frames that passed the interfaces of its containers. */
    public LabRings rings() {
        return rings;
    }

    /**
     * Has it go back to where it was when this was first called. A node that has started since goes back to where it
     * was when it had.
     *
     * @throws IllegalStateException if it can't
     */
    public void rewind() {
        long start = System.nanoTime();
        checkpoint.takeOrGoBack(nodes.running());
        LOG.debug("Lab of {} is where it was after {} ms", name.shortName(), (System.nanoTime() - start) / 1_000_000);
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
        LOG.info("Lab of {} is gone after {} ms", name.shortName(), (System.nanoTime() - start) / 1_000_000);
    }

    private static void close(Session session, OpenResources resources) {
        resources.close();
        session.unregister(resources);
    }
}
