package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.node.Station;
import io.github.taplab.internal.node.Stations;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The nodes of a lab by their names, each started once: those that run, and those that are on their way. */
final class LabNodes implements Stations {

    // Each part has a deadline of its own, and a guest's system may take ten minutes to boot, and once more for what
    // its cloud-init shall do.
    static final Duration LONGEST_START = Duration.ofMinutes(40);

    private final LabName lab;
    private final NodeStarts starts;
    private final Phases phases;
    private final Map<String, CompletableFuture<Node>> nodes = new ConcurrentHashMap<>();

    /**
     * The nodes of a lab, none as yet.
     *
     * @param lab its name, which is that of the test class
     * @param phases what is under way while somebody waits
     */
    LabNodes(LabName lab, NodeStarts starts, Phases phases) {
        this.lab = lab;
        this.starts = starts;
        this.phases = phases;
    }

    /** The node of this name, whose start begins now if it has not begun yet. */
    CompletableFuture<Node> begin(String node, Supplier<Node> start) {
        return nodes.computeIfAbsent(node, unused -> starts.begin(start));
    }

    /**
     * Waits for something of this lab that starts.
     *
     * @param what by its name, for the message
     */
    <T> T joined(String what, CompletableFuture<T> started) {
        return Waiting.joined(
                () -> "%s of the lab of %s has started, which is at %s"
                        .formatted(what, lab.shortName(), phases.underWay()),
                LONGEST_START,
                started);
    }

    /**
     * Waits for a node that starts with its lab.
     *
     * @throws IllegalStateException if its start has not begun
     */
    Node started(String node) {
        CompletableFuture<Node> begun = nodes.get(node);
        if (begun == null) {
            throw new IllegalStateException("The lab of " + lab + " has not started its " + node);
        }
        return joined(node, begun);
    }

    /** Completes when all have started, and fails with the first that can't: nobody waits for the rest then. */
    static CompletableFuture<Void> all(List<CompletableFuture<Node>> nodes) {
        CompletableFuture<Void> up = CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new));
        for (CompletableFuture<Node> node : nodes) {
            CompletableFuture<Node> unused = node.whenComplete((started, failure) -> {
                if (failure != null) {
                    up.completeExceptionally(failure);
                }
            });
        }
        return up;
    }

    // A node is in the map before it starts, and so before it is on a network.
    @Override
    public Optional<List<Station>> known() {
        List<CompletableFuture<Node>> begun = List.copyOf(nodes.values());
        if (begun.stream().anyMatch(node -> !node.isDone() || node.isCompletedExceptionally())) {
            return Optional.empty();
        }
        return Optional.of(begun.stream()
                .map(CompletableFuture::join)
                .map(Station.class::cast)
                .toList());
    }

    /** The names of those whose start has begun, and which do not run, or not yet. */
    List<String> notRunning() {
        return nodes.entrySet().stream()
                .filter(node -> !node.getValue().isDone() || node.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The launchers that run. */
    List<Launcher> launchers() {
        return running().stream()
                .filter(Launcher.class::isInstance)
                .map(Launcher.class::cast)
                .toList();
    }

    /** Those that run, without starting any. */
    List<Node> running() {
        List<Node> running = new ArrayList<>();
        for (CompletableFuture<Node> node : nodes.values()) {
            if (node.isDone() && !node.isCompletedExceptionally()) {
                running.add(node.join());
            }
        }
        return running;
    }
}
