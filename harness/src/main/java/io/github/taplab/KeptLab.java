package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.node.Undo;

/** A lab in a Store, which closes it. */
final class KeptLab implements AutoCloseable {

    private final RunningLab lab;
    private final Undo permit;

    KeptLab(RunningLab lab, Undo permit) {
        this.lab = lab;
        this.permit = permit;
    }

    RunningLab lab() {
        return lab;
    }

    @Override
    public void close() {
        try (permit) {
            lab.close();
        }
    }
}
