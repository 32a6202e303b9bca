package io.github.taplab.internal.lab;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.lab.OpenResources.Step;
import io.github.taplab.internal.session.HostNetwork;
import io.github.taplab.internal.wait.Waiting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps the Docker host off the networks of a lab where it is not a station itself: from the moment at which a bridge
 * is there, beside what else starts, and before anything is said to have started on it.
 */
final class LabIsolation {

    private final HostNetwork host;
    private final OpenResources resources;
    private final NodeStarts starts;
    private final Phases phases;
    private final Map<String, LabNetwork> networks;
    private final Map<String, CompletableFuture<Boolean>> begun = new ConcurrentHashMap<>();

    /**
     * Begins where that can be done already.
     *
     * @param networks those that the Docker host shall not hear
     * @param resources by which it ends
     */
    LabIsolation(
            HostNetwork host, List<LabNetwork> networks, OpenResources resources, NodeStarts starts, Phases phases) {
        this.host = host;
        this.resources = resources;
        this.starts = starts;
        this.phases = phases;
        this.networks = networks.stream().collect(Collectors.toMap(LabNetwork::name, Function.identity()));
        for (LabNetwork network : networks) {
            if (network.isBridgeThere()) {
                CompletableFuture<Boolean> unused = begin(network);
            }
        }
    }

    private CompletableFuture<Boolean> begin(LabNetwork network) {
        return begun.computeIfAbsent(
                network.name(),
                name -> starts.begin(
                        () -> phases.measure("isolation of " + network.bridge(), () -> isolated(network))));
    }

    private boolean isolated(LabNetwork network) {
        host.isolate(network.bridge())
                .ifPresent(isolation ->
                        resources.open(Step.CONNECTIONS, "the isolation of " + network.name(), () -> isolation));
        return true;
    }

    /** A container is on a network: waits until the Docker host is off it. */
    void await(String network) {
        LabNetwork joined = networks.get(network);
        if (joined != null) {
            Waiting.joined("the Docker host does not hear " + network, LabNodes.LONGEST_START, begin(joined));
        }
    }
}
