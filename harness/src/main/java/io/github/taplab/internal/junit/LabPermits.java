package io.github.taplab.internal.junit;

import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets as many classes have labs at a time as JUnit was told to run tests in parallel. JUnit itself runs more: for each
 * of its threads that waits, be it for its class's tests, its pool starts another one. Labs that nobody has, since they
 * were made ahead, are counted elsewhere.
 *
 * <p>Who waits here keeps a thread of JUnit's, so only those labs are counted whose tests need no further one: the
 * others might wait for that thread. (In JUnit 6's own pool classes without a lock, whose tests ran side by side, were
 * seen to wait for ever.)
 */
public final class LabPermits {

    // The tests of the labs before it decide how long a lab waits.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final int limit;
    private int taken;
    private final Queue<CompletableFuture<Undo>> waiting = new ArrayDeque<>();

    /**
     * Permits of one run.
     *
     * @param limit how many labs may be open at a time
     */
    public LabPermits(int limit) {
        this.limit = limit;
    }

    /**
     * Waits until a further lab may open, and has it given back when that is closed.
     *
     * @param node for which the lab is
     */
    public Undo take(ExtensionContext node) {
        return OneThread.executes(node) ? take(node.getDisplayName()) : () -> {};
    }

    /** The same for what is known to be executed by one thread. */
    Undo take(String name) {
        CompletableFuture<Undo> permit = new CompletableFuture<>();
        synchronized (this) {
            if (taken < limit) {
                grant(permit);
            } else {
                waiting.add(permit);
            }
        }
        try {
            return Waiting.joined(
                    "one of the %d labs that may be open at a time closes, for %s".formatted(limit, name),
                    LONGEST,
                    permit);
        } catch (RuntimeException | Error e) {
            giveUp(permit);
            throw e;
        }
    }

    private synchronized void grant(CompletableFuture<Undo> permit) {
        taken++;
        permit.complete(UndoStack.once(this::giveBack));
    }

    private synchronized void giveBack() {
        taken--;
        CompletableFuture<Undo> next = waiting.poll();
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
