package io.github.taplab.internal.placement;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The memory that labs may take together. A lab that finds too little waits for others to go, and one that would never
 * find enough has it when no other is there: the engine's host may be able to do more than it was counted.
 */
final class Room {

    // The tests of the labs before it decide how long a lab waits.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final long mib;
    private final Function<Supplier<String>, Progress.Step> progress;
    private final Queue<Waiter> waiting = new ArrayDeque<>();
    private long taken;

    private static final class Waiter {

        private final long mib;
        private final CompletableFuture<Undo> space = new CompletableFuture<>();

        Waiter(long mib) {
            this.mib = mib;
        }
    }

    /**
     * Room that nobody has taken.
     *
     * @param mib how much there is
     * @param progress told of each lab that waits, for as long as it does
     */
    Room(long mib, Function<Supplier<String>, Progress.Step> progress) {
        this.mib = mib;
        this.progress = progress;
    }

    /** Takes some if there is enough now, and nobody waits for it. */
    synchronized Optional<Undo> tryTake(long wanted) {
        return waiting.isEmpty() && fits(wanted) ? Optional.of(takeAnyway(wanted)) : Optional.empty();
    }

    /** Takes some, whether there is enough or not. */
    synchronized Undo takeAnyway(long wanted) {
        taken += wanted;
        return UndoStack.once(() -> giveBack(wanted));
    }

    /**
     * Waits until there is enough, and takes it.
     *
     * @param lab its name, for messages
     */
    Undo take(String lab, long wanted) {
        Waiter waiter = new Waiter(wanted);
        synchronized (this) {
            Optional<Undo> now = tryTake(wanted);
            if (now.isPresent()) {
                return now.get();
            }
            waiting.add(waiter);
        }
        Progress.Step step = progress.apply(() -> why(lab, wanted));
        try (step) {
            return Waiting.joined(
                    "other labs leave room for that of %s, %d MiB".formatted(lab, wanted), LONGEST, waiter.space);
        } catch (RuntimeException | Error e) {
            giveUp(waiter);
            throw e;
        }
    }

    private boolean fits(long wanted) {
        return taken == 0 || taken + wanted <= mib;
    }

    private synchronized String why(String lab, long wanted) {
        return "the lab of %s waits for others to go: it takes %d MiB, and of the %d MiB that the Docker host has for labs %d are taken"
                .formatted(lab, wanted, mib, taken);
    }

    private synchronized void giveBack(long given) {
        taken -= given;
        letIn();
    }

    // In their order: a large lab would never find room if small ones went past it.
    private void letIn() {
        for (Waiter next = waiting.peek(); next != null && fits(next.mib); next = waiting.peek()) {
            waiting.remove();
            next.space.complete(takeAnyway(next.mib));
        }
    }

    private synchronized void giveUp(Waiter waiter) {
        if (waiting.remove(waiter)) {
            letIn();
        } else {
            // It has come in this moment.
            var unused = waiter.space.thenAccept(Undo::close);
        }
    }
}
