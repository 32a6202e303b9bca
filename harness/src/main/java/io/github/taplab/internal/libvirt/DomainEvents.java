package io.github.taplab.internal.libvirt;

import java.util.concurrent.CompletableFuture;

/** What libvirt has announced of one domain. */
final class DomainEvents {

    private CompletableFuture<Void> agent = new CompletableFuture<>();

    synchronized void agentConnected() {
        agent.complete(null);
    }

    synchronized void stopped(String detail) {
        IllegalStateException end = new IllegalStateException("the domain stopped: " + detail);
        if (!agent.completeExceptionally(end)) {
            agent = CompletableFuture.failedFuture(end);
        }
    }

    /** Completes when the guest has opened the agent's port, or fails when the domain stops before. */
    synchronized CompletableFuture<Void> agent() {
        return agent;
    }

    /** The same for the next time that the guest opens the port. */
    synchronized CompletableFuture<Void> nextAgent() {
        if (!agent.isCompletedExceptionally()) {
            agent = new CompletableFuture<>();
        }
        return agent;
    }
}
