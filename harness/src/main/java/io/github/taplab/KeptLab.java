package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.Placed;
import io.github.taplab.node.Undo;
import java.util.function.Consumer;

/** A lab in a Store, which closes it. */
final class KeptLab implements AutoCloseable {

    private final Placed<RunningLab> placed;
    private final Undo permit;
    private final Consumer<RunningLab> lastLook;

    /**
     * A lab that somebody has.
     *
     * @param lastLook gets the lab before it is closed
     */
    KeptLab(Placed<RunningLab> placed, Undo permit, Consumer<RunningLab> lastLook) {
        this.placed = placed;
        this.permit = permit;
        this.lastLook = lastLook;
    }

    RunningLab lab() {
        return placed.lab();
    }

    @Override
    public void close() {
        try (permit;
                placed) {
            lastLook.accept(placed.lab());
        }
    }
}
