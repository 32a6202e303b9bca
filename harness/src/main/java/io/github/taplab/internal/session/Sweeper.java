package io.github.taplab.internal.session;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LabelledContainer;
import io.github.taplab.internal.docker.LabelledNetwork;
import io.github.taplab.internal.docker.LabelledVolume;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the networks of sessions that died before they could. Containers need no sweeping: their lease ends them, and
 * Docker removes them. The exception is one that was made but not yet started when its session died: it has no lease.
 *
 * <p>What it can't see or remove is no test's fault: it logs that, and goes on with the next.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    // Another machine's JVM can't be looked at, nor one from before this machine was started anew. Its labs do not stay
    // without a container for so long.
    private static final Duration STALE = Duration.ofHours(1);
    // Files that nothing names may be those of a run that goes on with its own, since another was faster.
    private static final Duration STALE_FILES = Duration.ofDays(1);
    // A container that the engine is removing holds its network until it is gone.
    private static final Duration OWN_GONE = Duration.ofSeconds(10);
    // Each has some hundred MiB.
    private static final int KEPT_WITH_DISK = 12;

    private final DockerEngine docker;
    private final Owner self;

    Sweeper(DockerEngine docker, Owner self) {
        this.docker = docker;
        this.self = self;
    }

    /**
     * Removes what dead sessions left.
     *
     * @return that it has come to its end
     */
    boolean sweep() {
        attempt("Looking for containers of dead sessions", () -> {
            for (LabelledContainer container : docker.containers().neverStarted(Owner.LABEL)) {
                if (isAbandoned(container.labels(), container.created())) {
                    remove(
                            "container " + container.name(),
                            () -> docker.containers().remove(container.id()));
                }
            }
        });
        attempt("Looking for snapshots that are of no use", this::sweepSnapshots);
        attempt("Looking for networks of dead sessions", () -> {
            for (LabelledNetwork network : docker.networks().with(Owner.LABEL)) {
                if (network.unused() && isAbandoned(network.labels(), network.created())) {
                    remove("network " + network.name(), () -> docker.networks().remove(network.id()));
                }
            }
        });
        return true;
    }

    // A snapshot is of no use without its image, and half a one not without the session that makes it.
    private void sweepSnapshots() {
        // In this order: what becomes whole in the meantime is seen to be so.
        List<LabelledVolume> files = docker.volumes().with(Snapshots.FILES_LABEL);
        List<LabelledVolume> all = docker.volumes().with(Snapshots.WHOLE_LABEL);
        Set<String> surplus = surplus(all);
        Set<String> named = new HashSet<>();
        for (LabelledVolume whole : all) {
            named.add(label(whole, Snapshots.WHOLE_LABEL));
            if (surplus.contains(whole.name())
                    || docker.images().id(label(whole, Snapshots.IMAGE_LABEL)).isEmpty()) {
                remove("volume " + whole.name(), () -> {
                    docker.volumes().remove(whole.name());
                    named.remove(label(whole, Snapshots.WHOLE_LABEL));
                });
            }
        }
        files.stream().filter(volume -> !named.contains(volume.name())).forEach(this::sweepFiles);
    }

    // While a lab writes or reads them a container has them, and the engine refuses to remove them. Between two labs of
    // a
    // run nothing does.
    private void sweepFiles(LabelledVolume files) {
        attempt("Looking at volume " + files.name(), () -> {
            if (isAbandoned(files.labels(), STALE_FILES, () -> docker.volumes().created(files.name()))) {
                remove("volume " + files.name(), () -> docker.volumes().remove(files.name()));
            }
        });
    }

    // A seed changes with its test, and what nobody asks for any more would stay for ever.
    private static Set<String> surplus(List<LabelledVolume> all) {
        return all.stream()
                .filter(whole -> !label(whole, Snapshots.DISK_LABEL).isEmpty())
                .sorted(Comparator.comparing((LabelledVolume whole) -> label(whole, Snapshots.MADE_LABEL))
                        .reversed())
                .skip(KEPT_WITH_DISK)
                .map(LabelledVolume::name)
                .collect(Collectors.toSet());
    }

    private static String label(LabelledVolume volume, String name) {
        return volume.labels().getOrDefault(name, "");
    }

    /**
     * Removes what this session has left: what was asked for, and came when nobody waited for it any more.
     *
     * @return what is there all the same, in words
     */
    List<String> sweepOwn() {
        try {
            return Waiting.until(
                    "nothing of session %s is left".formatted(self.session()),
                    OWN_GONE,
                    this::ownLeftAfterRemoval,
                    List::isEmpty);
        } catch (DeadlineExceededException stillThere) {
            return own();
        }
    }

    private List<String> ownLeftAfterRemoval() {
        List<LabelledContainer> containers = docker.containers().with(self.label());
        List<LabelledNetwork> networks = docker.networks().with(self.label());
        containers.forEach(container -> remove(
                "container " + container.name(), () -> docker.containers().remove(container.id())));
        networks.forEach(network ->
                remove("network " + network.name(), () -> docker.networks().remove(network.id())));
        return containers.isEmpty() && networks.isEmpty() ? List.of() : own();
    }

    private List<String> own() {
        List<String> left = new ArrayList<>();
        docker.containers().with(self.label()).forEach(container -> left.add("container " + container.name()));
        docker.networks().with(self.label()).forEach(network -> left.add("network " + network.name()));
        return left;
    }

    private Optional<Owner> otherOwner(Map<String, String> labels) {
        return Owner.of(labels).filter(owner -> !owner.session().equals(self.session()));
    }

    private boolean isAbandoned(Map<String, String> labels, Instant created) {
        return isAbandoned(labels, STALE, () -> Optional.of(created));
    }

    /**
     * Whether nobody owns something any more.
     *
     * @param stale how old what comes from elsewhere has to be
     * @param created when it was made, asked only of what comes from elsewhere; empty: that is not known
     */
    private boolean isAbandoned(Map<String, String> labels, Duration stale, Supplier<Optional<Instant>> created) {
        return otherOwner(labels)
                .filter(owner -> owner.isOnThisMachine()
                        ? !owner.isAlive()
                        : created.get()
                                .filter(at -> at.plus(stale).isBefore(Instant.now()))
                                .isPresent())
                .isPresent();
    }

    private static void remove(String what, Runnable removal) {
        attempt("Removing " + what, () -> {
            removal.run();
            LOG.info("Removed {}, which a session had left", what);
        });
    }

    // Another session may be sweeping too, and the engine may be going.
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.info("{} failed: {}", what, e.getMessage());
        }
    }
}
