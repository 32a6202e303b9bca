package io.github.taplab.internal.junit;

import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets as many labs be open at a time as JUnit was told to run tests in parallel. JUnit itself runs more: for each of
 * its threads that waits, be it for its class's tests, its pool starts another one.
 */
final class LabPermits {

    // The tests of the labs before it decide how long a lab waits.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final int limit;
    private int taken;
    private final Queue<CompletableFuture<Undo>> waiting = new ArrayDeque<>();
    private final Map<Thread, Deque<String>> inProgress = new ConcurrentHashMap<>();

    LabPermits(int limit) {
        this.limit = limit;
    }

    /** Notes that the current thread executes a test or a container of tests from now on, until that is closed. */
    AutoCloseable enter(ExtensionContext node) {
        Thread thread = Thread.currentThread();
        Deque<String> nodes = inProgress.computeIfAbsent(thread, unused -> new ConcurrentLinkedDeque<>());
        String id = node.getUniqueId();
        nodes.push(id);
        return () -> {
            nodes.removeFirstOccurrence(id);
            inProgress.computeIfPresent(thread, (unused, left) -> left.isEmpty() ? null : left);
        };
    }

    /**
     * Waits until a further lab may open; it is closed when the lab is.
     *
     * @param node for which the lab is
     */
    Undo take(ExtensionContext node) {
        CompletableFuture<Undo> permit = new CompletableFuture<>();
        synchronized (this) {
            if (taken < limit || standsOnAnother(node)) {
                grant(permit);
            } else {
                waiting.add(permit);
            }
        }
        try {
            return Waiting.joined(
                    "one of the %d labs that may be open at a time closes, for %s"
                            .formatted(limit, node.getDisplayName()),
                    LONGEST,
                    permit);
        } catch (RuntimeException | Error e) {
            giveUp(permit);
            throw e;
        }
    }

    /**
     * Whether the thread that would wait is in the middle of a test of another class. While a thread of JUnit's waits
     * for tests that others execute, it executes further ones on top, and the lower ones go on only after them: if
     * those have a lab, it would never close.
     */
    private boolean standsOnAnother(ExtensionContext node) {
        Deque<String> below = inProgress.getOrDefault(Thread.currentThread(), new ArrayDeque<>());
        return below.stream().anyMatch(id -> !node.getUniqueId().startsWith(id));
    }

    private synchronized void grant(CompletableFuture<Undo> permit) {
        taken++;
        permit.complete(UndoStack.once(this::giveBack));
    }

    private synchronized void giveBack() {
        taken--;
        CompletableFuture<Undo> next = taken < limit ? waiting.poll() : null;
        if (next != null) {
            grant(next);
        }
    }

    private synchronized void giveUp(CompletableFuture<Undo> permit) {
        // Else it has come in this moment.
        if (!waiting.removeIf(other -> other == permit)) {
            var unused = permit.thenAccept(Undo::close);
        }
    }
}
