package io.github.taplab.internal.fault;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A change of an interface, and the way back to what was there before, with all that went along. */
final class LinkChange {

    private static final Duration SOON = Duration.ofSeconds(10);

    private LinkChange() {}

    /** Runs a command that changes an interface of a node. */
    static Undo making(Node node, String... argv) {
        return making(node, () -> {
            node.run(argv);
            return () -> {};
        });
    }

    /**
     * Makes a change. Whatever fails from then on takes it back; the reason for that is what is thrown.
     *
     * @param change takes itself back, but not what went along
     */
    static Undo making(Node node, Supplier<Undo> change) {
        NetworkState before = NetworkState.of(node);
        AtomicReference<@Nullable NetworkState> changed = new AtomicReference<>();
        return UndoStack.making(List.of(
                // Also where the change itself fails: a command that was cut off at its deadline may have been obeyed.
                () -> () -> {
                    NetworkState now = NetworkState.of(node);
                    NetworkState taken = changed.get();
                    restore(node, before, taken == null ? now : taken.withReturned(now));
                },
                change,
                () -> {
                    changed.set(NetworkState.of(node));
                    return () -> {};
                }));
    }

    private static void restore(Node node, NetworkState before, NetworkState changed) {
        NetworkChange change = new NetworkChange(before, changed);
        Batch.ip(node, List.of(), change.linksBack());
        Batch.ip(node, List.of(), change.addressesBack(NetworkState.of(node)));
        NetworkState now = NetworkState.of(node);
        for (String family : List.of("-4", "-6")) {
            Batch.ip(node, List.of(family), change.routesBack(now, family));
        }
        awaitOperStates(node, before);
    }

    /** Waits until the interfaces of a node work as they did; the kernel lets their carriers come back later. */
    static void awaitOperStates(Node node, NetworkState before) {
        Waiting.until(
                "the interfaces of %s are as before: %s".formatted(node.name(), before.describeOperStates()),
                SOON,
                () -> NetworkState.of(node),
                now -> now.hasOperStatesOf(before));
    }
}
