package io.github.taplab.internal.fault;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.node.Undo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Changes that are taken back together, each once, the latest first. */
public final class UndoStack implements Undo {

    private final Deque<Undo> changes = new ArrayDeque<>();

    private UndoStack() {}

    /** Makes several changes; where one fails, those made before are taken back. */
    public static Undo making(List<Supplier<Undo>> changes) {
        UndoStack made = new UndoStack();
        try {
            changes.forEach(change -> made.changes.push(change.get()));
            return made;
        } catch (RuntimeException | Error e) {
            try (made) {
                throw e;
            }
        }
    }

    /**
     * Makes a change by one command. Where that neither succeeds nor is refused, as after a deadline or an interrupt,
     * nobody knows whether it has been made, and it is taken back.
     *
     * @param back may fail where there is nothing to take back
     */
    public static Undo commanding(Runnable change, Undo back) {
        Undo once = once(back);
        try {
            change.run();
            return once;
        } catch (CommandFailedException refused) {
            throw refused;
        } catch (RuntimeException | Error unknown) {
            try (once) {
                throw unknown;
            }
        }
    }

    /** Takes one change back once, however often it is asked to. */
    public static Undo once(Undo change) {
        return making(List.of(() -> change));
    }

    /**
     * Takes everything back, also after an error; the first error is thrown then. An interrupt waits until that is
     * done: it is how a test ends that JUnit's {@code @Timeout} cuts off, and the next one has the same lab.
     */
    @Override
    public synchronized void close() {
        LateInterrupt.afterDoing(this::takeBack);
    }

    private void takeBack() {
        while (!changes.isEmpty()) {
            try (this) {
                changes.pop().close();
            }
        }
    }
}
