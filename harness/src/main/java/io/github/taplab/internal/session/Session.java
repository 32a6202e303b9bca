package io.github.taplab.internal.session;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.libvirt.LibvirtEvents;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.BootMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What all labs of one test run share. Its owner label is on everything that it brings into being. */
public final class Session implements AutoCloseable {

    private static final Duration LIBRARY = Duration.ofMinutes(1);
    // A lab takes 20 s at most by itself.
    private static final Duration LAB = Duration.ofSeconds(25);

    // What its parts are given, each of which may ask the engine several things.
    private static final Duration ENGINE = Duration.ofMinutes(5);

    private final Settings settings;
    private final Owner owner;
    private final List<SessionEngine> engines;
    private final Progress progress;
    private final AtomicInteger labs = new AtomicInteger();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Leaks leaks = new Leaks();
    private final Thread closing = new Thread(this::end, "taplab-shutdown");
    private boolean ended;

    Session(Settings settings, Owner owner, List<SessionEngine> engines, Progress progress) {
        this.settings = settings;
        this.owner = owner;
        this.engines = List.copyOf(engines);
        this.progress = progress;
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
     * Finds the engines, loads libvirt's client library, and sweeps up what dead sessions left. No container is
     * started.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if one of the two is missing
     */
    public static Session start(Settings settings) {
        // Each takes as long as starting a container.
        CompletableFuture<Void> libvirt = beside("taplab-libvirt", LibvirtEvents::ensureRunning);
        Owner owner = Owner.thisProcess();
        Progress progress = new Progress(System.err);
        List<SessionEngine> engines = EngineStarts.of(settings, owner, progress);
        try {
            Waiting.joined("libvirt's client library is loaded", LIBRARY, libvirt);
        } catch (RuntimeException | Error e) {
            engines.forEach(SessionEngine::close);
            throw e;
        }
        Session session = new Session(settings, owner, engines, progress);
        // Ctrl-C: JUnit closes no Store then, and a network outlives its containers.
        Runtime.getRuntime().addShutdownHook(session.closing);
        return session;
    }

    /** The engines that labs run on, at least one. */
    public List<SessionEngine> engines() {
        return engines;
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

    public Owner owner() {
        return owner;
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
        leaks.add(what, why);
    }

    /** Closes all that is open, whatever fails, and tells what is left. */
    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        LateInterrupt.afterDoing(this::closeAll);
    }

    private void closeAll() {
        closeLabs();
        leaks.lines(owner.label(), endOfEngines()).forEach(progress);
        engines.forEach(engine -> leaks.closed("the connection to the engine", engine::close));
        progress.close();
    }

    // Side by side too: one that is lost takes all the time that it is given.
    private List<Leftovers> endOfEngines() {
        List<CompletableFuture<Leftovers>> ending = engines.stream()
                .map(engine ->
                        Beside.begin("taplab-end", () -> engine.end(leaks)).result())
                .toList();
        List<Leftovers> left = new ArrayList<>();
        for (int i = 0; i < ending.size(); i++) {
            left.add(ended(engines.get(i), ending.get(i)));
        }
        return left;
    }

    private static Leftovers ended(SessionEngine engine, CompletableFuture<Leftovers> end) {
        try {
            return Waiting.joined("what labs share there has ended", ENGINE, end);
        } catch (RuntimeException e) {
            return new Leftovers(engine.where(), List.of("nobody knows what, " + e.getMessage()));
        }
    }

    // Side by side: each has a time of its own, and who has pressed Ctrl-C does not wait for their sum.
    private void closeLabs() {
        List<CompletableFuture<Void>> closing = open.stream()
                .map(lab -> beside("taplab-close", () -> leaks.closed("a lab", lab)))
                .toList();
        closing.forEach(lab -> leaks.closed("a lab", () -> Waiting.joined("it is closed", LAB, lab)));
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
