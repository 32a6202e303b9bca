package io.github.taplab.internal.lab;

import io.github.taplab.internal.fault.NetworkBaseline;
import io.github.taplab.internal.guest.GuestCheckpoint;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.node.DockerHostHandle;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The point to which a lab goes back between its tests: its guests in their running machines, all other nodes with
 * their networks.
 */
final class LabCheckpoint {

    // Each step has a deadline of its own.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final LabName lab;
    private final NodeStarts starts;
    private final BridgePorts ports;
    private final Map<GuestHandle, GuestCheckpoint> guests = new ConcurrentHashMap<>();
    private final Map<String, NetworkBaseline> networks = new ConcurrentHashMap<>();
    private volatile boolean taken;

    LabCheckpoint(LabName lab, NodeStarts starts, BridgePorts ports) {
        this.lab = lab;
        this.starts = starts;
        this.ports = ports;
    }

    /**
     * Keeps the lab as it is when this is first called, and has it go back there each time after that.
     *
     * @param running its nodes
     * @throws IllegalStateException if a node can't go back
     */
    void takeOrGoBack(Collection<Node> running) {
        if (taken) {
            goBack();
        } else {
            all("kept as it is", running, this::keep);
            ports.keep();
            taken = true;
        }
    }

    /** Takes in a node that has just started. */
    <N extends Node> N started(N node) {
        if (taken) {
            keep(node);
        }
        return node;
    }

    private void keep(Node node) {
        if (node instanceof GuestHandle guest) {
            guests.put(guest, guest.checkpoint());
        } else if (!(node instanceof DockerHostHandle)) {
            networks.put(node.name(), NetworkBaseline.of(node));
        }
    }

    private void goBack() {
        try {
            // First what the others need to be what they were: carriers, and the macvtap of a NIC that is put back.
            ports.putBack();
            all("back where it was", guests.keySet(), this::goBack);
            all("back where it was", networks.values(), NetworkBaseline::putBack);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "The lab can't go back to where it was before its first test; with scope = METHOD each test has a lab of its own: "
                            + e.getMessage(),
                    e);
        }
    }

    private void goBack(GuestHandle guest) {
        String launcher = guest.launcher().name();
        Objects.requireNonNull(guests.get(guest))
                .goBack()
                .forEach((macvtap, instead) ->
                        networks.computeIfPresent(launcher, (name, network) -> network.with(macvtap, instead)));
    }

    private <T> void all(String what, Collection<T> each, Consumer<T> work) {
        List<CompletableFuture<Void>> begun = new ArrayList<>();
        for (T one : each) {
            begun.add(starts.begin(() -> {
                work.accept(one);
                return null;
            }));
        }
        Waiting.joined(
                "the lab of %s is %s".formatted(lab.shortName(), what),
                LONGEST,
                CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new)));
    }
}
