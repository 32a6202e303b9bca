package io.github.taplab.internal.fault;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The way on which frames leave a node. */
final class Line {

    private final String node;
    private final Port port;

    /**
     * A line that is not broken yet.
     *
     * @param node name of the node, for messages
     * @param port where it starts
     */
    Line(String node, Port port) {
        this.node = node;
        this.port = port;
    }

    /** Impairs it, by netem or, where the kernel has none, by what there is. */
    Undo impair(Impairment impairment) {
        if (port.isTap()) {
            return atTap(impairment);
        }
        String queues =
                run(List.of("tc", "-j", "qdisc", "show", "dev", port.link())).stdout();
        Qdiscs.Place place = Qdiscs.next(port.link(), queues);
        // Whether a kernel has netem, as a module that is yet to be loaded perhaps, is told by the attempt only.
        try {
            return putting(Qdiscs.netem(port.link(), place, impairment), place);
        } catch (CommandFailedException refused) {
            if (!Qdiscs.isUnknown(refused.result())) {
                throw refused;
            }
            return withoutNetem(impairment, place, refused.result());
        }
    }

    // What a guest sends comes in at its tap, and the kernel has queues only for what goes out.
    private Undo atTap(Impairment impairment) {
        if (!impairment.delay().isZero() || impairment.duplicationPercent() > 0 || impairment.bitsPerSecond() > 0) {
            throw new UnsupportedOperationException(
                    "Can't delay, double or slow down what leaves %s through %s, a tap of a bridge: only loss works there"
                            .formatted(node, port.link()));
        }
        return Ruleset.of(mark -> FrameRules.lossAtTap(port, impairment.lossPercent()))
                .putOn(port);
    }

    private Undo withoutNetem(Impairment impairment, Qdiscs.Place place, CommandResult netem) {
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
            changes.add(() -> putting(Qdiscs.tbf(port.link(), place, impairment.bitsPerSecond()), place));
        }
        return UndoStack.making(changes);
    }

    private Undo putting(List<String> qdisc, Qdiscs.Place place) {
        return UndoStack.commanding(() -> run(qdisc), () -> run(place.undo()));
    }

    private CommandResult run(List<String> argv) {
        return port.shell().run(argv.toArray(String[]::new));
    }
}
