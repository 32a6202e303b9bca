package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.machine.AgentEvents;
import java.util.concurrent.CompletableFuture;
import org.libvirt.event.DomainEventDetail;
import org.libvirt.event.StoppedDetail;

/** What libvirt has announced of one domain. */
final class DomainEvents {

    private final AgentEvents agent = new AgentEvents();
    private final CompletableFuture<String> end = new CompletableFuture<>();

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

    void stopped(String how) {
        end.complete(how);
        silent("the domain stopped: " + how);
    }

    /** Nothing will come any more. */
    void silent(String reason) {
        agent.ended(reason);
    }

    AgentEvents agent() {
        return agent;
    }

    /** Completes with what is known of it when the domain has stopped. */
    CompletableFuture<String> end() {
        return end;
    }
}
