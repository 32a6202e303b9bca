package io.github.taplab.internal.libvirt;

import java.util.concurrent.CompletableFuture;
import org.libvirt.event.DomainEventDetail;
import org.libvirt.event.StoppedDetail;

/** What libvirt has announced of one domain. */
final class DomainEvents {

    // A cloud image may restart itself once or twice when it first boots.
    private static final int RESTARTS = 5;

    private CompletableFuture<Void> agent = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private int restarts;

    /** What is known of a domain that has stopped. */
    static String words(DomainEventDetail detail) {
        if (detail instanceof StoppedDetail stopped) {
            return switch (stopped) {
                case SHUTDOWN -> "its guest has powered off, or a signal has ended its QEMU in order";
                case DESTROYED -> "somebody has had libvirt destroy it";
                // libvirt is not QEMU's parent: which signal it was nobody is told.
                case FAILED, CRASHED ->
                    "its QEMU has ended without having been told to, killed by a signal or crashed (libvirt: %s)"
                            .formatted(stopped);
                case MIGRATED, SAVED, FROM_SNAPSHOT, UNKNOWN -> "libvirt: " + stopped;
            };
        }
        return "libvirt: " + detail;
    }

    synchronized void agentConnected() {
        restarts = 0;
        agent.complete(null);
    }

    synchronized void stopped(String how) {
        end.complete(how);
        silent("the domain stopped: " + how);
    }

    /** Nothing will come any more. */
    synchronized void silent(String reason) {
        IllegalStateException end = new IllegalStateException(reason);
        if (!agent.completeExceptionally(end)) {
            agent = CompletableFuture.failedFuture(end);
        }
    }

    /** The guest's system has started anew; who does that again and again has no agent yet. */
    synchronized void restarted() {
        restarts++;
        if (restarts == RESTARTS) {
            agent.completeExceptionally(
                    new IllegalStateException("the guest has restarted %d times without an agent".formatted(restarts)));
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

    /** Completes with what is known of it when the domain has stopped. */
    CompletableFuture<String> end() {
        return end;
    }
}
