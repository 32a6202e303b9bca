package io.github.taplab.internal.session;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.disk.DiskImage;
import io.github.taplab.internal.disk.DiskImages;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.DiskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine of a session, and what all labs there share. */
public final class SessionEngine {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    // The first build of the lab image takes minutes, and its own deadline is half an hour.
    private static final Duration FIRST_LOOK = Duration.ofMinutes(35);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    // What the engine is still removing is given ten seconds; a silent engine would take all that it is given.
    private static final Duration LEFT = Duration.ofSeconds(15);

    private final boolean hadImage;
    private final Settings settings;
    private final Owner owner;
    private final DockerEngine docker;
    private final EngineSize size;
    private final List<DockerEngine> alike;
    private final String where;
    private final String hostName;
    private final Progress progress;
    private final Sweeper sweeper;
    private final CompletableFuture<Boolean> sweeping;
    private final DiskImages disks;
    private final Snapshots snapshots;
    private final HostNetwork hostNetwork;
    private final Turn look = new Turn();
    private volatile @Nullable Host host;
    private volatile @Nullable LabUnavailableException unfit;

    /**
     * One that answers. What dead sessions left there is looked for at once.
     *
     * @param others the session's other engines; where there is none, messages need not say which one this is
     * @param hadImage whether it is known to have the lab image
     */
    SessionEngine(
            Settings settings,
            Owner owner,
            DockerEngine docker,
            EngineSize size,
            List<DockerEngine> others,
            boolean hadImage,
            Progress progress) {
        this.hadImage = hadImage;
        this.settings = settings;
        this.owner = owner;
        this.docker = docker;
        this.size = size;
        // What is made for another kind of CPU does not run here.
        alike = others.stream()
                .filter(other -> other.architecture().equals(docker.architecture()))
                .toList();
        where = others.isEmpty() ? "" : " on " + docker.name();
        hostName = others.isEmpty() ? "the Docker host" : "the host of " + docker.name();
        this.progress = progress;
        disks = new DiskImages(docker, alike, settings, owner.resourceName("disk"), owner.labels("disk"), progress);
        snapshots = new Snapshots(
                docker,
                alike,
                owner.resourceName("snapshot"),
                owner.labels("snapshot"),
                Owner::isKnownToBeAlive,
                progress);
        hostNetwork = new HostNetwork(
                docker,
                settings.isolation(),
                () -> host().image(),
                owner.resourceName("host"),
                owner.labels("host"),
                progress);
        sweeper = new Sweeper(docker, owner);
        sweeping = Beside.begin("taplab-sweep", sweeper::sweep).result();
    }

    /**
     * What labs run on.
     *
     * @param image id of the lab image
     * @param facts what the Docker host can do
     */
    public record Host(String image, HostFacts facts) {}

    /**
     * Sees to the image and asks what the host can do; the first call does so.
     *
     * @throws io.github.taplab.internal.config.LabUnavailableException if the host can't run labs
     */
    public Host host() {
        return look.holding(
                "another lab's look at %s, with a build of its image".formatted(hostName), FIRST_LOOK, () -> {
                    Host known = host;
                    if (known == null) {
                        known = looked();
                        host = known;
                    }
                    return known;
                });
    }

    /** Whether it is known without asking that the host has the lab image. */
    public boolean hasImage() {
        return hadImage || host != null;
    }

    /** What is known of the host without asking: that it has the lab image, and can run labs. */
    public Optional<Host> known() {
        return Optional.ofNullable(host);
    }

    /** The image of a guest's disk, if it is known without asking that the Docker host has it. */
    public Optional<DiskImage> knownDisk(DiskSpec disk) {
        return disks.known(disk);
    }

    /** Asks whether no further lab can be there, and why; empty: nothing is known against it. */
    public Optional<String> lost() {
        LabUnavailableException known = unfit;
        return known == null ? docker.silence() : Optional.of(String.valueOf(known.getMessage()));
    }

    private Host looked() {
        Phases phases = new Phases();
        Progress.Step step = progress.begin(() -> "%s is looked at: %s".formatted(hostName, phases.parts()));
        try (step) {
            return looked(phases);
        } catch (LabUnavailableException e) {
            unfit = e;
            throw e;
        }
    }

    private Host looked(Phases phases) {
        BuiltImages images = new BuiltImages(settings);
        String image = phases.measure("image", () -> images.ensureLab(docker, alike, progress))
                .id();
        Preflight preflight = new Preflight(docker, image, settings.cache(), progress);
        HostFacts facts = phases.measure(
                "preflight",
                () -> preflight.look(
                        owner.resourceName("preflight"), owner.labels("preflight"), settings.acceleration()));
        if (!alike.isEmpty()) {
            // So that the next labs go where their snapshots are.
            snapshots.look();
        }
        LOG.info(
                "Session {} on {}, guests run under {}: {}",
                owner.session(),
                docker.description(),
                facts.kvm() ? "KVM" : "TCG (" + facts.kvmReason() + ")",
                phases);
        return new Host(image, facts);
    }

    /** The snapshots of guests that have booted. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** The network of the Docker host. */
    public HostNetwork hostNetwork() {
        return hostNetwork;
    }

    /** Sees to it that the Docker host has the image of a guest's disk. */
    public DiskImage disk(DiskSpec disk) {
        Progress.Step step = progress.begin(() -> "the image %s is brought to %s".formatted(disk.image(), hostName));
        try (step) {
            return disks.ensure(disk);
        }
    }

    public DockerEngine docker() {
        return docker;
    }

    /** Where something is, to be put behind it in messages; empty where the session has no other engine. */
    public String where() {
        return where;
    }

    /** How large the Docker host is. */
    public EngineSize size() {
        return size;
    }

    /**
     * Ends what labs share, when they are gone, and removes what has been left of them. It throws nothing.
     *
     * @param leaks told of what can't be ended
     * @return what is there all the same
     */
    Leftovers end(Leaks leaks) {
        leaks.closed("the search for what dead sessions left", () -> Waiting.joined("it ends", SWEEP, sweeping));
        leaks.closed("the container in the Docker host's network", hostNetwork);
        leaks.closed("the images in use", disks);
        leaks.closed("the snapshots that are not whole", snapshots);
        return new Leftovers(where, left());
    }

    private List<String> left() {
        try {
            return Waiting.call("the search for what this session has left", LEFT, sweeper::sweepOwn);
        } catch (RuntimeException e) {
            return List.of("nobody knows what, " + e.getMessage());
        }
    }

    /** Releases the connection. */
    void close() {
        docker.close();
    }
}
