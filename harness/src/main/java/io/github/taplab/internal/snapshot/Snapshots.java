package io.github.taplab.internal.snapshot;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one Docker host, as one run knows them. Each is a volume that is written by the lab that makes it
 * and by nobody else. It is whole as soon as a second volume, which is empty and has the name of the key, says in a
 * label where it is: an engine makes that at once, or not at all. Of several runs that want it at the same time one
 * makes it and the others wait ({@link Claims}); where two have made it all the same, one is kept.
 */
public final class Snapshots implements AutoCloseable {

    /** On the volume that has the name of a key: the name of the one with the files. */
    public static final String WHOLE_LABEL = "io.github.taplab.snapshot";
    /** On the volume with the files: the name of the key. */
    public static final String FILES_LABEL = "io.github.taplab.snapshot.files";
    /** On both, for people: the machine that can go on from there. */
    public static final String MACHINE_LABEL = "io.github.taplab.snapshot.machine";
    /** On both: what tells the host from others, where that matters ({@link SnapshotKey#host}). */
    public static final String HOST_LABEL = "io.github.taplab.snapshot.host";
    /** On both: what was on the guest's disks ({@link SnapshotKey#disk}). */
    public static final String DISK_LABEL = "io.github.taplab.snapshot.disk";
    /** On the volume that has the name of a key: when that was, ISO 8601, in UTC and to the second. */
    public static final String MADE_LABEL = "io.github.taplab.snapshot.made";
    /** On both: the lab image without which they are of no use. */
    public static final String IMAGE_LABEL = "io.github.taplab.snapshot.image";

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Duration LOOK = Duration.ofMinutes(2);
    // Each guest that waits has a deadline of its own, which is shorter.
    private static final Duration LONGEST = Duration.ofHours(1);
    // What fails for a second time will do so for a third.
    private static final int FAILURES = 2;

    private final DockerEngine docker;
    private final String prefix;
    private final Map<String, String> owner;
    private final Claims claims;
    private final OtherEngines others;
    private final Consumer<String> progress;
    private final Map<SnapshotKey, Turn> turns = new ConcurrentHashMap<>();
    private final Map<SnapshotKey, Snapshot> known = new ConcurrentHashMap<>();
    private final Map<SnapshotKey, Integer> failures = new ConcurrentHashMap<>();
    private final Set<String> unused = ConcurrentHashMap.newKeySet();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean closed;

    /**
     * The snapshots of a run.
     *
     * @param others engines from which a snapshot may be brought
     * @param prefix of the volumes that this run makes
     * @param owner labels of what belongs to this run as long as it is not whole
     * @param alive whether the run with such labels still goes on; false where that can't be known
     * @param progress told of each that is brought
     */
    public Snapshots(
            DockerEngine docker,
            List<DockerEngine> others,
            String prefix,
            Map<String, String> owner,
            Predicate<Map<String, String>> alive,
            Consumer<String> progress) {
        this.docker = docker;
        this.prefix = prefix;
        this.owner = Map.copyOf(owner);
        this.progress = progress;
        claims = new Claims(docker.volumes(), owner, alive);
        this.others = new OtherEngines(docker, others, prefix, owner);
    }

    /**
     * One guest's part in the snapshot of its key: the first makes it, if there is none on the Docker host, and the
     * others, of this run or another one, wait for that and go on from it.
     *
     * @return empty if there can be none: then the guest boots
     */
    public Optional<SnapshotShare> share(SnapshotKey key) {
        try {
            return turns.computeIfAbsent(key, unused -> new Turn())
                    .holding("another lab's look for the snapshot " + key.name(), LOOK, () -> shared(key));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            warn(key, e);
            return Optional.empty();
        }
    }

    private Optional<SnapshotShare> shared(SnapshotKey key) {
        Snapshot present = known.get(key);
        if (present != null && !present.hasFailed()) {
            return Optional.of(SnapshotShare.reading(this, present));
        }
        if (failures.getOrDefault(key, 0) >= FAILURES) {
            return Optional.empty();
        }
        Optional<String> there = whole(key);
        if (there.isPresent()) {
            return Optional.of(reading(Snapshot.whole(key, there.get())));
        }
        if (key.host().startsWith(SnapshotKey.BOOT)) {
            forgetOtherBoots(key.host());
        }
        return Optional.of(broughtOrBegun(key));
    }

    private Optional<String> whole(SnapshotKey key) {
        Optional<Map<String, String>> labels = docker.volumes().labels(key.name());
        Optional<String> volume = labels.map(said -> said.get(WHOLE_LABEL));
        if (labels.isPresent() && volume.isEmpty()) {
            // An engine makes one anew, with nothing in it, for a container that it was removed from meanwhile.
            docker.volumes().remove(key.name());
        }
        return volume;
    }

    private SnapshotShare reading(Snapshot snapshot) {
        known.put(snapshot.key(), snapshot);
        return SnapshotShare.reading(this, snapshot);
    }

    private SnapshotShare broughtOrBegun(SnapshotKey key) {
        String own = "%s-%d".formatted(prefix, made.incrementAndGet());
        Optional<String> makers = claims.claim(key, own);
        if (makers.isPresent()) {
            LOG.info("Another run makes the snapshot for {}: waiting for it", key.text());
            Snapshot begun = Snapshot.begun(key, makers.get());
            follow(begun);
            return reading(begun);
        }
        try {
            makeVolume(key, own);
            for (OtherEngines.Found found : others.with(key)) {
                if (isBrought(key, found, own)) {
                    return reading(Snapshot.whole(key, own));
                }
            }
        } catch (RuntimeException | Error e) {
            claims.release(key);
            throw e;
        }
        Snapshot begun = Snapshot.begun(key, own);
        known.put(key, begun);
        return SnapshotShare.making(this, begun);
    }

    private void makeVolume(SnapshotKey key, String name) {
        Map<String, String> labels = new HashMap<>(owner);
        labels.put(FILES_LABEL, key.name());
        labels.putAll(labels(key));
        docker.volumes().ensure(name, labels);
        unused.add(name);
    }

    /** Brings a snapshot from another engine; if it can't be had, the volume is as empty as before. */
    private boolean isBrought(SnapshotKey key, OtherEngines.Found found, String volume) {
        Optional<String> objection = others.objection(found);
        if (objection.isPresent()) {
            LOG.info(
                    "The snapshot for {} is not brought from {}: {}",
                    key.text(),
                    found.on().name(),
                    objection.get());
            return false;
        }
        try {
            long begun = System.nanoTime();
            others.bring(key, found, volume);
            publish(Snapshot.whole(key, volume), found.made());
            LOG.info(
                    "The snapshot for {} was brought from {} to {} in {} ms",
                    key.text(),
                    found.on().name(),
                    docker.name(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            return true;
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (CopyPace.TooSlowException e) {
            LOG.info(
                    "The snapshot for {} is not brought from {}: {}",
                    key.text(),
                    found.on().name(),
                    e.getMessage());
        } catch (RuntimeException e) {
            progress.accept("the snapshot for %s can't be brought from %s to %s, so its guest boots there: %s"
                    .formatted(key.text(), found.on().name(), docker.name(), e.getMessage()));
            LOG.debug("The snapshot {} can't be brought", key.name(), e);
        }
        docker.volumes().remove(volume);
        makeVolume(key, volume);
        return false;
    }

    // An engine tells of new volumes, but nobody of a run that has died.
    private void follow(Snapshot others) {
        Thread follower = new Thread(
                () -> {
                    boolean whole = false;
                    try {
                        whole = Waiting.until(
                                        "another run has made the snapshot for "
                                                + others.key().text(),
                                        LONGEST,
                                        () -> closed ? Optional.of(false) : outcome(others),
                                        Optional::isPresent)
                                .orElseThrow();
                    } catch (RuntimeException e) {
                        warn(others.key(), e);
                    }
                    others.whole().complete(whole);
                },
                "taplab-snapshot");
        follower.setDaemon(true);
        follower.start();
    }

    /** Whether what another run makes is whole; empty: that is not known yet. */
    private Optional<Boolean> outcome(Snapshot others) {
        // In this order: it is whole before its maker gives up the claim.
        boolean isMade = !claims.isMaking(others.key(), others.volume());
        return isWholeIn(others) ? Optional.of(true) : isMade ? Optional.of(false) : Optional.empty();
    }

    // Nobody goes on from them any more. Their files are swept by a later run, when they are old.
    private void forgetOtherBoots(String host) {
        for (LabelledVolume whole : docker.volumes().with(WHOLE_LABEL)) {
            String other = whole.labels().getOrDefault(HOST_LABEL, "");
            if (other.startsWith(SnapshotKey.BOOT) && !other.equals(host)) {
                docker.volumes().remove(whole.name());
            }
        }
    }

    /** Whether it is known, without asking, that a snapshot is whole. */
    public boolean isKnown(SnapshotKey key) {
        Snapshot snapshot = known.get(key);
        return snapshot == null ? seen.contains(key.name()) : snapshot.whole().isDone() && !snapshot.hasFailed();
    }

    /** Looks which are whole now, for {@link #isKnown}. */
    public void look() {
        try {
            docker.volumes().with(WHOLE_LABEL).forEach(whole -> seen.add(whole.name()));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info("It is not known which snapshots {} has: {}", docker.name(), e.getMessage());
        }
    }

    /** Says to all, also to other runs, that a snapshot is whole. */
    void publish(Snapshot snapshot, Making made) {
        SnapshotKey key = snapshot.key();
        Map<String, String> labels = new HashMap<>(labels(key));
        labels.putAll(made.labels());
        labels.put(WHOLE_LABEL, snapshot.volume());
        labels.put(MADE_LABEL, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        docker.volumes().ensure(key.name(), labels);
        // Another run may have been faster. Then this run goes on with its own, and removes it in the end.
        if (isWholeIn(snapshot)) {
            unused.remove(snapshot.volume());
        }
        claims.release(key);
    }

    /** Gives up making one. */
    void givenUp(Snapshot snapshot) {
        claims.release(snapshot.key());
    }

    private static Map<String, String> labels(SnapshotKey key) {
        return Map.of(
                MACHINE_LABEL, key.text(), IMAGE_LABEL, key.image(), HOST_LABEL, key.host(), DISK_LABEL, key.disk());
    }

    /** Forgets a snapshot that is of no use. */
    void failed(Snapshot snapshot, Throwable why) {
        SnapshotKey key = snapshot.key();
        warn(key, why);
        failures.merge(key, 1, Integer::sum);
        known.remove(key, snapshot);
        claims.release(key);
        unused.add(snapshot.volume());
        try {
            if (isWholeIn(snapshot)) {
                docker.volumes().remove(key.name());
            }
        } catch (RuntimeException e) {
            LOG.info("The broken snapshot {} is still there: {}", key.name(), e.getMessage());
        }
    }

    private boolean isWholeIn(Snapshot snapshot) {
        return docker.volumes()
                .labels(snapshot.key().name())
                .filter(labels -> snapshot.volume().equals(labels.get(WHOLE_LABEL)))
                .isPresent();
    }

    private static void warn(SnapshotKey key, Throwable why) {
        LOG.warn("A guest boots, since the snapshot for {} is of no use: {}", key.text(), why.getMessage());
        LOG.debug("The snapshot {} is of no use", key.name(), why);
    }

    /** Removes what is of no use to others. What can't be removed now, the next run removes. */
    @Override
    public void close() {
        closed = true;
        claims.releaseAll();
        for (String volume : unused) {
            try {
                docker.volumes().remove(volume);
            } catch (RuntimeException e) {
                LOG.info("The volume {} is still there: {}", volume, e.getMessage());
            }
        }
    }
}
