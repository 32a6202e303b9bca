package io.github.taplab.internal.fault;

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

    /** Takes one change back once, however often it is asked to. */
    public static Undo once(Undo change) {
        return making(List.of(() -> change));
    }

    /** Takes everything back, also after an error; the first error is thrown then. */
    @Override
    public synchronized void close() {
        while (!changes.isEmpty()) {
            try (this) {
                changes.pop().close();
            }
        }
    }
}
