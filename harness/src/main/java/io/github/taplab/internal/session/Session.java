package io.github.taplab.internal.session;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.image.LabImage;
import io.github.taplab.internal.libvirt.LibvirtEvents;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all labs of one test run share. Its owner label is on everything that it brings into being. */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Owner owner;
    private final DockerEngine docker;
    private final String image;
    private final HostFacts facts;
    private final AtomicInteger labs = new AtomicInteger();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Thread closing = new Thread(this::closeLabs, "taplab-shutdown");

    private Session(Owner owner, DockerEngine docker, String image, HostFacts facts) {
        this.owner = owner;
        this.docker = docker;
        this.image = image;
        this.facts = facts;
    }

    /**
     * Finds the engine, sees to the image, asks what the host can do, and sweeps up what dead sessions left.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if this machine can't run labs
     */
    public static Session start(Settings settings) {
        Owner owner = Owner.thisProcess();
        Progress progress = new Progress(System.err);
        Phases phases = new Phases();
        // Loading a native library takes as long as starting a container, and both are needed.
        CompletableFuture<Void> libvirt = CompletableFuture.runAsync(LibvirtEvents::ensureRunning);
        DockerEngine docker = phases.measure("engine", DockerEngine::connect);
        CompletableFuture<Void> sweeping = CompletableFuture.runAsync(() -> new Sweeper(docker, owner).sweep());
        LabImage labImage = new LabImage(settings.baseImage(), settings.debianMirror(), settings.cache());
        String image = phases.measure("image", () -> labImage.ensure(docker, Map.of(), progress));
        Preflight preflight = new Preflight(docker, image, settings.cache(), progress);
        HostFacts facts = phases.measure(
                "preflight",
                () -> preflight.look(
                        owner.resourceName("preflight"), owner.labels("preflight"), settings.acceleration()));
        joined(libvirt);
        joined(sweeping);
        Session session = new Session(owner, docker, image, facts);
        // Ctrl-C: JUnit closes no Store then, and a network outlives its containers.
        Runtime.getRuntime().addShutdownHook(session.closing);
        LOG.info(
                "Session {} on {}, guests run under {}: {}",
                owner.session(),
                docker.description(),
                facts.kvm() ? "KVM" : "TCG",
                phases);
        return session;
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

    /** Id of the lab image. */
    public String image() {
        return image;
    }

    public HostFacts facts() {
        return facts;
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
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running, and does the same.
        }
        docker.close();
    }
}
