package io.github.taplab.internal.session;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.libvirt.LibvirtEvents;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import io.github.taplab.spec.DiskSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all labs of one test run share. Its owner label is on everything that it brings into being. */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Settings settings;
    private final Owner owner = Owner.thisProcess();
    private final DockerEngine docker;
    private final CompletableFuture<Void> sweeping;
    private final AtomicInteger labs = new AtomicInteger();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Thread closing = new Thread(this::closeLabs, "taplab-shutdown");
    private final DiskImages disks;
    private @Nullable Host host;

    private Session(Settings settings, DockerEngine docker) {
        this.settings = settings;
        this.docker = docker;
        disks = new DiskImages(
                docker, settings, owner.resourceName("disk"), owner.labels("disk"), new Progress(System.err));
        this.sweeping = CompletableFuture.runAsync(() -> new Sweeper(docker, owner).sweep());
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
        CompletableFuture<Void> libvirt = CompletableFuture.runAsync(LibvirtEvents::ensureRunning);
        DockerEngine docker = DockerEngine.connect();
        joined(libvirt);
        Session session = new Session(settings, docker);
        // Ctrl-C: JUnit closes no Store then, and a network outlives its containers.
        Runtime.getRuntime().addShutdownHook(session.closing);
        return session;
    }

    /**
     * Sees to the image and asks what the host can do; the first call does so.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if the host can't run labs
     */
    public synchronized Host host() {
        if (host == null) {
            Progress progress = new Progress(System.err);
            Phases phases = new Phases();
            BuiltImage labImage = new BuiltImages(settings).lab();
            String image = phases.measure("image", () -> labImage.ensure(docker, Map.of(), progress));
            Preflight preflight = new Preflight(docker, image, settings.cache(), progress);
            HostFacts facts = phases.measure(
                    "preflight",
                    () -> preflight.look(
                            owner.resourceName("preflight"), owner.labels("preflight"), settings.acceleration()));
            host = new Host(image, facts);
            LOG.info(
                    "Session {} on {}, guests run under {}: {}",
                    owner.session(),
                    docker.description(),
                    facts.kvm() ? "KVM" : "TCG (" + facts.kvmReason() + ")",
                    phases);
        }
        return host;
    }

    /** How long a guest that is not ready may write nothing on its console until it is given up. */
    public Duration bootSilence() {
        return settings.bootSilence();
    }

    /** Sees to it that the Docker host has the image of a guest's disk. */
    public DiskImage disk(DiskSpec disk) {
        return disks.ensure(disk);
    }

    private static void joined(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public Owner owner() {
        return owner;
    }

    public DockerEngine docker() {
        return docker;
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

    private void closeLabs() {
        for (AutoCloseable lab : open) {
            try {
                lab.close();
            } catch (Exception e) {
                LOG.warn("A lab did not close: {}", e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        closeLabs();
        joined(sweeping);
        disks.close();
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and does the same.
        }
        docker.close();
    }
}
