package io.github.taplab.internal.libvirt;

import java.util.concurrent.CompletableFuture;

/** What libvirt has announced of one domain. */
final class DomainEvents {

    private final CompletableFuture<Void> agent = new CompletableFuture<>();

    void agentConnected() {
        agent.complete(null);
    }

    void stopped(String detail) {
        agent.completeExceptionally(new IllegalStateException("the domain stopped: " + detail));
    }

    /** Completes when the guest has opened the agent's port, or fails when the domain stops before. */
    CompletableFuture<Void> agent() {
        return agent;
    }
}
