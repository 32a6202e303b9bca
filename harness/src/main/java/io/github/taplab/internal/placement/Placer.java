package io.github.taplab.internal.placement;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.node.Undo;
import java.util.Collection;
import java.util.Optional;

/**
 * The one that knows where a lab comes from: it was made ahead, or starts when it is asked for. Where labs are made
 * ahead they also go beside those that come; otherwise each is closed by the one who had it.
 */
public final class Placer<L extends AutoCloseable> implements AutoCloseable {

    private final LabMaker<L> maker;
    private final Room room;
    private final Teardowns teardowns = new Teardowns();
    private final LabsAhead<L> ahead;

    Placer(LabMaker<L> maker, Room room, AheadLimits limits, Collection<LabRequest> planned) {
        this.maker = maker;
        this.room = room;
        ahead = new LabsAhead<>(maker, limits, room, teardowns, planned);
    }

    /**
     * The placer of one run.
     *
     * @param cores of the Docker host
     * @param mib its memory
     * @param most how many may be there before they are asked for; empty: as many as the host's cores allow
     * @param planned all that are known to be asked for, in their order
     * @param progress told of each lab that waits for others to go
     */
    public static <L extends AutoCloseable> Placer<L> of(
            LabMaker<L> maker,
            int cores,
            long mib,
            Optional<Integer> most,
            Collection<LabRequest> planned,
            Progress progress) {
        // Others run there too: the engine, the tests, and what else the host is for.
        return new Placer<>(maker, new Room(mib / 4 * 3, progress::begin), AheadLimits.of(most, cores), planned);
    }

    /**
     * A lab, which nobody else has.
     *
     * @param mayWait whether it waits where the host has no memory for a further lab; who keeps others from ending must
     *     not
     */
    public Placed<L> place(LabRequest request, boolean mayWait) {
        Optional<AheadStart<L>> begun = ahead.claim(request);
        return begun.isPresent() ? begun.get().await(request, this::close) : started(request, mayWait);
    }

    private Placed<L> started(LabRequest request, boolean mayWait) {
        Undo first = ahead.besideOthers();
        try (first) {
            Undo space = room(request, mayWait);
            try {
                L lab = maker.make(request);
                // One whose subnet is declared may be waited for by the next that has the same.
                return new Placed<>(lab, () -> close(lab, space, request.canBeAhead()));
            } catch (RuntimeException | Error e) {
                try (space) {
                    throw e;
                }
            }
        }
    }

    private Undo room(LabRequest request, boolean mayWait) {
        long mib = LabSize.mib(request.spec());
        if (!request.canBeAhead()) {
            // One of those may have the subnet that this one has to have.
            ahead.clear();
        }
        Optional<Undo> now = room.tryTake(mib);
        if (now.isPresent()) {
            return now.get();
        }
        ahead.clear();
        return mayWait ? room.take(request.shortName(), mib) : room.takeAnyway(mib);
    }

    private void close(L lab, Undo space) {
        close(lab, space, true);
    }

    private void close(L lab, Undo space, boolean mayBeBeside) {
        if (mayBeBeside && ahead.isUsed()) {
            ahead.closeBeside(lab, space);
        } else {
            Teardowns.close(lab, space);
        }
    }

    /** Takes note that a class has ended, or does not run: the lab that it did not ask for is of no use. */
    public void over(String testClass) {
        ahead.over(testClass);
    }

    /** Makes nothing ahead any more, and waits until all is gone that nobody has. */
    @Override
    public void close() {
        ahead.close();
    }
}
