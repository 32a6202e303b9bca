package io.github.taplab.internal.snapshot;

import io.github.taplab.internal.docker.Volumes;
import io.github.taplab.internal.wait.LateInterrupt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the runs of one Docker host makes a snapshot. A volume without files says so, whose name is that of the key
 * and "-maker": who asks for it first gets it with his labels, and whoever asks later reads those. It is gone as soon
 * as the snapshot is whole or has failed. That of a run that has died holds nobody up.
 */
final class Claims {

    /** On the volume that says who makes a snapshot: the name of the one that gets the files. */
    static final String MAKER_LABEL = "io.github.taplab.snapshot.maker";

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Volumes volumes;
    private final Map<String, String> owner;
    private final Predicate<Map<String, String>> alive;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /**
     * The claims of one run.
     *
     * @param owner labels of what belongs to this run
     * @param alive whether the run with such labels still goes on; false where that can't be known
     */
    Claims(Volumes volumes, Map<String, String> owner, Predicate<Map<String, String>> alive) {
        this.volumes = volumes;
        this.owner = Map.copyOf(owner);
        this.alive = alive;
    }

    /**
     * Claims a snapshot for this run.
     *
     * @param volume that would get the files
     * @return the volume of the run that has been faster; empty: it is this run that makes it
     */
    Optional<String> claim(SnapshotKey key, String volume) {
        Map<String, String> said = claimed(key, volume);
        if (isOf(said, volume)) {
            return Optional.empty();
        }
        if (!isOwn(said) && alive.test(said)) {
            return Optional.of(said.getOrDefault(MAKER_LABEL, ""));
        }
        // Nobody makes it. Two runs that find this at the same time may then both make it: one of the snapshots is
        // kept.
        volumes.remove(name(key));
        Map<String, String> unused = claimed(key, volume);
        return Optional.empty();
    }

    private Map<String, String> claimed(SnapshotKey key, String volume) {
        Map<String, String> labels = new HashMap<>(owner);
        // So it is swept as files are that are not whole.
        labels.put(Snapshots.FILES_LABEL, key.name());
        labels.put(MAKER_LABEL, volume);
        try {
            volumes.ensure(name(key), labels);
            Map<String, String> said = volumes.labels(name(key)).orElse(labels);
            if (isOf(said, volume)) {
                held.add(name(key));
            }
            return said;
        } catch (RuntimeException | Error e) {
            takeBack(name(key), volume);
            throw e;
        }
    }

    /** Gives up a claim of which it is not known whether it was made, nor whether another run has been faster. */
    private void takeBack(String name, String volume) {
        LateInterrupt.afterDoing(() -> {
            try {
                // One that is not there yet may still be on its way.
                if (volumes.labels(name).map(said -> isOf(said, volume)).orElse(true)) {
                    volumes.remove(name);
                }
            } catch (RuntimeException e) {
                LOG.info("The volume {} may still be there: {}", name, e.getMessage());
            }
        });
    }

    /** Whether another run is about to write the snapshot into that volume. */
    boolean isMaking(SnapshotKey key, String volume) {
        return volumes.labels(name(key))
                .filter(said -> isOf(said, volume) && alive.test(said))
                .isPresent();
    }

    /** Gives up this run's claim, if it has one. */
    void release(SnapshotKey key) {
        release(name(key));
    }

    private void release(String name) {
        if (!held.remove(name)) {
            return;
        }
        try {
            volumes.remove(name);
        } catch (RuntimeException e) {
            LOG.info("The volume {} is still there: {}", name, e.getMessage());
        }
    }

    /** Gives up all claims of this run. */
    void releaseAll() {
        held.forEach(this::release);
    }

    // One that could not be removed.
    private boolean isOwn(Map<String, String> said) {
        return said.entrySet().containsAll(owner.entrySet());
    }

    private static boolean isOf(Map<String, String> said, String volume) {
        return volume.equals(said.get(MAKER_LABEL));
    }

    private static String name(SnapshotKey key) {
        return key.name() + "-maker";
    }
}
