package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.Placed;
import io.github.taplab.node.Undo;

/** A lab in a Store, which closes it. */
final class KeptLab implements AutoCloseable {

    private final Placed<RunningLab> placed;
    private final Undo permit;

    KeptLab(Placed<RunningLab> placed, Undo permit) {
        this.placed = placed;
        this.permit = permit;
    }

    RunningLab lab() {
        return placed.lab();
    }

    @Override
    public void close() {
        try (permit) {
            placed.close();
        }
    }
}
