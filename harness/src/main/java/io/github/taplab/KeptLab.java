package io.github.taplab;

import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.Placed;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.node.Undo;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;

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

    /** What is seen of the lab that a test or class has; empty where it has none. */
    static <T> Optional<T> look(ExtensionContext context, Function<RunningLab, T> sight) {
        KeptLab kept = context.getStore(LabLifecycle.NAMESPACE).get(KeptLab.class, KeptLab.class);
        if (kept == null) {
            return Optional.empty();
        }
        return Optional.of(LateInterrupt.after(() -> sight.apply(kept.lab())));
    }

    /** The same for what returns nothing. */
    static void with(ExtensionContext context, Consumer<RunningLab> work) {
        Optional<Boolean> unused = look(context, lab -> {
            work.accept(lab);
            return true;
        });
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
