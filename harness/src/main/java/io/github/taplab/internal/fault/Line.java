package io.github.taplab.internal.fault;

import io.github.taplab.node.CommandResult;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way on which frames leave a node.
 *
 * @param node name of the node, for messages
 * @param port where it starts
 */
record Line(String node, Port port) {

    /** Impairs it, by netem or, where the kernel has none, by what there is. */
    Undo impair(Impairment impairment) {
        String queues =
                run(List.of("tc", "-j", "qdisc", "show", "dev", port.link())).stdout();
        Qdiscs.Place place = Qdiscs.next(port.link(), queues);
        // Whether a kernel has netem, as a module that is yet to be loaded perhaps, is told by the attempt only.
        CommandResult netem = tryRun(Qdiscs.netem(port.link(), place, impairment));
        if (netem.succeeded()) {
            return undoing(place);
        }
        if (!Qdiscs.isUnknown(netem)) {
            netem.orThrow();
        }
        if (!impairment.delay().isZero()) {
            throw new UnsupportedOperationException(
                    "Can't delay what leaves %s: the Docker host's kernel has no netem (module sch_netem), tc on %s says \"%s\". Loss, duplication and rate work without it"
                            .formatted(node, netem.node(), netem.stderr().strip()));
        }
        List<Supplier<Undo>> changes = new ArrayList<>();
        if (impairment.lossPercent() > 0 || impairment.duplicationPercent() > 0) {
            changes.add(() -> Ruleset.of(mark -> FrameRules.lossAndDuplication(port, impairment))
                    .putOn(port));
        }
        if (impairment.bitsPerSecond() > 0) {
            changes.add(() -> {
                run(Qdiscs.tbf(port.link(), place, impairment.bitsPerSecond()));
                return undoing(place);
            });
        }
        return UndoStack.making(changes);
    }

    private Undo undoing(Qdiscs.Place place) {
        return UndoStack.once(() -> run(place.undo()));
    }

    private CommandResult run(List<String> argv) {
        return tryRun(argv).orThrow();
    }

    private CommandResult tryRun(List<String> argv) {
        return port.shell().tryRun(argv.toArray(String[]::new));
    }
}
