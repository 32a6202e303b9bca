package io.github.taplab.internal.placement;

import io.github.taplab.internal.fault.UndoStack;
import io.github.taplab.node.Undo;

/** The room that a lab has on a host, until it is given back. */
final class Berth<L extends AutoCloseable> implements Undo {

    private final LabHost<L> host;
    private final Undo end;

    Berth(LabHost<L> host, Undo end) {
        this.host = host;
        this.end = UndoStack.once(end);
    }

    LabHost<L> host() {
        return host;
    }

    @Override
    public void close() {
        end.close();
    }
}
