package io.github.taplab.internal.session;

import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.libvirt.LibvirtEvents;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.DiskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all labs of one test run share. Its owner label is on everything that it brings into being. */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration LIBRARY = Duration.ofMinutes(1);
    // The first build of the lab image takes minutes, and its own deadline is half an hour.
    private static final Duration FIRST_LOOK = Duration.ofMinutes(35);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    // What the engine is still removing is given ten seconds; a silent engine would take all that it is given.
    private static final Duration LEFT = Duration.ofSeconds(15);
    // A lab takes 20 s at most by itself.
    private static final Duration LAB = Duration.ofSeconds(25);

    private final Settings settings;
    private final Owner owner = Owner.thisProcess();
    private final DockerEngine docker;
    private final EngineSize size;
    private final Sweeper sweeper;
    private final CompletableFuture<Void> sweeping;
    private final AtomicInteger labs = new AtomicInteger();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Leaks leaks = new Leaks();
    private final Thread closing = new Thread(this::end, "taplab-shutdown");
    private final Progress progress;
    private final DiskImages disks;
    private final Snapshots snapshots;
    private final Turn look = new Turn();
    private @Nullable Host host;
    private boolean ended;

    Session(Settings settings, DockerEngine docker, EngineSize size, Progress progress) {
        this.settings = settings;
        this.docker = docker;
        this.size = size;
        this.progress = progress;
        disks = new DiskImages(docker, settings, owner.resourceName("disk"), owner.labels("disk"), progress);
        snapshots = new Snapshots(
                docker, owner.resourceName("snapshot"), owner.labels("snapshot"), Owner::isKnownToBeAlive);
        sweeper = new Sweeper(docker, owner);
        sweeping = beside("taplab-sweep", sweeper::sweep);
    }

    // Not in the common pool: that has one thread on a small machine, and a call that gets no answer keeps it.
    private static CompletableFuture<Void> beside(String name, Runnable work) {
        return CompletableFuture.runAsync(work, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * What all labs run on.
     *
     * @param image id of the lab image
     * @param facts what the Docker host can do
     */
    public record Host(String image, HostFacts facts) {}

    /**
     * Finds the engine, loads libvirt's client library, and sweeps up what dead sessions left. No container is started.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if one of the two is missing
     */
    public static Session start(Settings settings) {
        // Each takes as long as starting a container.
        CompletableFuture<Void> libvirt = beside("taplab-libvirt", LibvirtEvents::ensureRunning);
        DockerEngine docker = DockerEngine.connect(only(settings.engines()));
        EngineSize size;
        try {
            size = docker.size();
            Waiting.joined("libvirt's client library is loaded", LIBRARY, libvirt);
        } catch (RuntimeException | Error e) {
            docker.close();
            throw e;
        }
        Session session = new Session(settings, docker, size, new Progress(System.err));
        // Ctrl-C: JUnit closes no Store then, and a network outlives its containers.
        Runtime.getRuntime().addShutdownHook(session.closing);
        return session;
    }

    private static EngineName only(List<EngineName> names) {
        if (names.size() != 1) {
            throw new IllegalArgumentException("taplab.engines names one engine so far, found " + names);
        }
        return names.get(0);
    }

    /**
     * Sees to the image and asks what the host can do; the first call does so.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if the host can't run labs
     */
    public Host host() {
        return look.holding("another lab's look at the Docker host, with a build of its image", FIRST_LOOK, () -> {
            if (host == null) {
                host = looked();
            }
            return host;
        });
    }

    private Host looked() {
        Phases phases = new Phases();
        Progress.Step step = progress.begin(() -> "the Docker host is looked at: " + phases.parts());
        try (step) {
            return looked(phases);
        }
    }

    private Host looked(Phases phases) {
        BuiltImage labImage = new BuiltImages(settings).lab();
        String image = phases.measure("image", () -> labImage.ensure(docker, Map.of(), progress));
        Preflight preflight = new Preflight(docker, image, settings.cache(), progress);
        HostFacts facts = phases.measure(
                "preflight",
                () -> preflight.look(
                        owner.resourceName("preflight"), owner.labels("preflight"), settings.acceleration()));
        LOG.info(
                "Session {} on {}, guests run under {}: {}",
                owner.session(),
                docker.description(),
                facts.kvm() ? "KVM" : "TCG (" + facts.kvmReason() + ")",
                phases);
        return new Host(image, facts);
    }

    /** How long a guest that is not ready may write nothing on its console until it is given up. */
    public Duration bootSilence() {
        return settings.bootSilence();
    }

    /** Whether the last frames of a lab's containers are kept. */
    public boolean rings() {
        return settings.rings();
    }

    /** What a guest does that may boot or go on from a snapshot. */
    public BootMode boot() {
        return settings.boot();
    }

    /** The snapshots of guests that have booted. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** Sees to it that the Docker host has the image of a guest's disk. */
    public DiskImage disk(DiskSpec disk) {
        Progress.Step step = progress.begin(() -> "the image %s is brought to the Docker host".formatted(disk.image()));
        try (step) {
            return disks.ensure(disk);
        }
    }

    public Owner owner() {
        return owner;
    }

    public DockerEngine docker() {
        return docker;
    }

    /** How large the Docker host is. */
    public EngineSize size() {
        return size;
    }

    /** Tells people what takes long. */
    public Progress progress() {
        return progress;
    }

    /** A number that no other lab of this session has. */
    public int nextLab() {
        return labs.incrementAndGet();
    }

    /** Has a lab closed when the JVM is told to end in the middle of it. */
    public void register(AutoCloseable lab) {
        open.add(lab);
    }

    /** A lab that is closed needs no closing any more. */
    public void unregister(AutoCloseable lab) {
        open.remove(lab);
    }

    /**
     * Keeps what could not be removed or closed. That is no verdict on a test: it is told once, on standard error, when
     * the run ends, also where nothing binds the log.
     *
     * @param what it was, in words: "client of the lab of FirstTests"
     */
    public void leaked(String what, Throwable why) {
        LOG.warn("{} was not removed: {}", what, why.getMessage(), why);
        leaks.add(what, why);
    }

    /** Closes all that is open, whatever fails, and tells what is left. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        // Who is interrupted can ask the engine nothing.
        boolean interrupted = Thread.interrupted();
        try {
            closeAll();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll() {
        closeLabs();
        closed("the search for what dead sessions left", () -> Waiting.joined("it ends", SWEEP, sweeping));
        closed("the images in use", disks);
        closed("the snapshots that are not whole", snapshots);
        leaks.lines(owner.label(), left()).forEach(progress);
        closed("the connection to the engine", docker::close);
        progress.close();
    }

    // Side by side: each has a time of its own, and who has pressed Ctrl-C does not wait for their sum.
    private void closeLabs() {
        List<CompletableFuture<Void>> closing = open.stream()
                .map(lab -> beside("taplab-close", () -> closed("a lab", lab)))
                .toList();
        closing.forEach(lab -> closed("a lab", () -> Waiting.joined("it is closed", LAB, lab)));
    }

    private List<String> left() {
        try {
            return Waiting.call("the search for what this session has left", LEFT, sweeper::sweepOwn);
        } catch (RuntimeException e) {
            return List.of("nobody knows what, " + e.getMessage());
        }
    }

    private void closed(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            leaked(what, e);
        }
    }

    /** Ends the run. It throws nothing: what went wrong here is no verdict on a test. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException shuttingDown) {
            // The hook has seen to it, or finds nothing to do.
        }
    }
}
