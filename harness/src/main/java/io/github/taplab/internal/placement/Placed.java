package io.github.taplab.internal.placement;

import io.github.taplab.node.Undo;

/** A lab that somebody has, and what becomes of it afterwards. */
public final class Placed<L extends AutoCloseable> implements AutoCloseable {

    private final L lab;
    private final Undo closing;

    Placed(L lab, Undo closing) {
        this.lab = lab;
        this.closing = closing;
    }

    public L lab() {
        return lab;
    }

    /** Closes the lab, or has it closed beside those that come. */
    @Override
    public void close() {
        closing.close();
    }
}
