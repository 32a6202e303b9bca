package io.github.taplab.internal.snapshot;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.FilesCopy;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other engines of a session, as places from which a snapshot can be had. What a machine must have in common with
 * that of a snapshot is in its key, so one of another CPU, kernel or lab image is not even found there.
 */
final class OtherEngines {

    private static final Logger LOG = LoggerFactory.getLogger(OtherEngines.class);
    // Whoever is silent has no lab waiting for it.
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(20);
    private static final Duration START = Duration.ofMinutes(1);
    // As long as others wait for the lab that copies.
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String FOLDER = "/var/lib/taplab/snapshots/";
    // What was written when the snapshot was whole, and what is there now. The list itself is not on it.
    private static final String NOTED = "cat \"$1\"/sizes";
    private static final String FOUND = "cd \"$1\" && stat -c '%n %s' * | grep -v '^sizes '";

    private final DockerEngine docker;
    private final List<DockerEngine> others;
    private final String prefix;
    private final Map<String, String> owner;
    private final Map<DockerEngine, CopyPace> paces;
    private final AtomicInteger copies = new AtomicInteger();

    /**
     * Those of one run.
     *
     * @param docker to which snapshots are brought
     * @param prefix of the names of the containers that copy
     * @param owner their labels
     */
    OtherEngines(DockerEngine docker, List<DockerEngine> others, String prefix, Map<String, String> owner) {
        this.docker = docker;
        this.others = List.copyOf(others);
        this.prefix = prefix;
        this.owner = Map.copyOf(owner);
        paces = others.stream().collect(Collectors.toMap(Function.identity(), unused -> new CopyPace()));
    }

    /**
     * A snapshot that is whole on another engine.
     *
     * @param on that engine
     * @param volume with its files
     * @param made what it took to make
     */
    record Found(DockerEngine on, String volume, Making made) {}

    /** Those that have a snapshot; an engine that does not answer has none. */
    List<Found> with(SnapshotKey key) {
        return others.stream().flatMap(other -> on(other, key).stream()).toList();
    }

    private static Optional<Found> on(DockerEngine other, SnapshotKey key) {
        try {
            return Waiting.call(
                            "%s says whether it has a snapshot".formatted(other.name()),
                            LOOK,
                            () -> other.volumes().labels(key.name()))
                    .flatMap(labels -> Making.of(labels)
                            .map(made -> new Found(other, labels.getOrDefault(Snapshots.WHOLE_LABEL, ""), made)));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info("No snapshot is brought from {}: {}", other.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Why a snapshot had better be made than be copied; empty: nothing speaks against it. */
    Optional<String> objection(Found found) {
        return pace(found).objection(found.made().bytes(), found.made().took());
    }

    private CopyPace pace(Found found) {
        return paces.getOrDefault(found.on(), new CopyPace());
    }

    /**
     * Copies all files of a snapshot.
     *
     * @param volume that gets them, which is there and empty
     * @throws CopyPace.TooSlowException if that takes longer than it took to make it
     * @throws RuntimeException if they have not arrived whole
     */
    void bring(SnapshotKey key, Found found, String volume) {
        String source = FOLDER + found.volume();
        String target = FOLDER + volume;
        String name = "%s-copy-%d".formatted(prefix, copies.incrementAndGet());
        CopyPace.Copy pace =
                pace(found).begin(found.made().bytes(), found.made().took());
        try (Pair pair = new Pair(
                begun(found.on(), key, name + "-from", new VolumeMount(found.volume(), source, true)),
                begun(docker, key, name + "-to", new VolumeMount(volume, target, false)))) {
            Map<String, Long> noted = sizes(pair.from(), NOTED, source);
            pace.opened();
            new FilesCopy(pair.from(), pair.to(), LONGEST, pace).copy(source, target, Optional::of);
            Map<String, Long> arrived = sizes(pair.to(), FOUND, target);
            if (!arrived.equals(noted)) {
                throw new IllegalStateException("it is not whole there:%n  expected: %s%n  found:    %s"
                        .formatted(new TreeMap<>(noted), new TreeMap<>(arrived)));
            }
            // In the archive there are no holes.
            pair.to().exec(name, READ, List.of("fallocate", "--dig-holes", target + "/memory"));
            pace.ended();
        }
    }

    private Beside<LeasedContainer> begun(DockerEngine engine, SnapshotKey key, String name, VolumeMount mount) {
        return Beside.begin(
                "taplab-copy: " + name,
                () -> engine.containers()
                        .startReady(ContainerRequest.withoutNetwork(name, key.image(), List.of(mount), owner)));
    }

    /** How long files are, by their names. */
    private static Map<String, Long> sizes(LeasedContainer container, String script, String folder) {
        return container
                .exec(container.name(), READ, List.of("/bin/sh", "-c", script, "sh", folder))
                .orThrow()
                .stdout()
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> Long.parseLong(line[1])));
    }

    /** Two containers that start, and go, side by side. */
    private static final class Pair implements AutoCloseable {

        private final Beside<LeasedContainer> starting;
        private final Beside<LeasedContainer> otherStarting;

        Pair(Beside<LeasedContainer> starting, Beside<LeasedContainer> otherStarting) {
            this.starting = starting;
            this.otherStarting = otherStarting;
        }

        LeasedContainer from() {
            return Waiting.joined("a container reads the snapshot", START, starting.result());
        }

        LeasedContainer to() {
            return Waiting.joined("a container writes the snapshot", START, otherStarting.result());
        }

        @Override
        public void close() {
            List<CompletableFuture<Boolean>> going =
                    Stream.of(starting, otherStarting).map(Pair::gone).toList();
            going.forEach(Pair::awaited);
        }

        // One that still starts goes when it is there.
        private static CompletableFuture<Boolean> gone(Beside<LeasedContainer> starting) {
            return starting.result()
                    .thenCompose(container -> Beside.begin("taplab-copied: " + container.name(), () -> {
                                container.close();
                                return true;
                            })
                            .result());
        }

        // What has been copied is there all the same, and what is left goes when the session ends.
        private static void awaited(CompletableFuture<Boolean> going) {
            try {
                Waiting.joined("a container that copied is gone", START, going);
            } catch (InterruptedWaitException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.info("A container that copied a snapshot is still there: {}", e.getMessage());
            }
        }
    }
}
