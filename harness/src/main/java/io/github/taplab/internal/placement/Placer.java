package io.github.taplab.internal.placement;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.node.Undo;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one that knows where a lab comes from: it was made ahead, or starts when it is asked for, on one host or another.
 * Where labs are made ahead they also go beside those that come; otherwise each is closed by the one who had it.
 */
public final class Placer<L extends AutoCloseable> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Placer.class);

    private final Room<L> room;
    private final LabStarts<L> starts;
    private final Teardowns teardowns = new Teardowns();
    private final LabsAhead<L> ahead;

    Placer(Room<L> room, AheadLimits limits, Collection<LabRequest> planned, Consumer<String> told) {
        this.room = room;
        starts = new LabStarts<>(room, told);
        ahead = new LabsAhead<>(starts, limits, room, teardowns, planned);
    }

    /**
     * The placer of one run.
     *
     * @param hosts those that labs can be on
     * @param most how many may be there before they are asked for; empty: as many as the hosts' cores allow
     * @param planned all that are known to be asked for, in their order
     * @param progress told of each lab that waits for others to go, and of each host that is lost
     */
    public static <L extends AutoCloseable> Placer<L> of(
            List<LabHost<L>> hosts, Optional<Integer> most, Collection<LabRequest> planned, Progress progress) {
        int cores = hosts.stream().mapToInt(LabHost::cores).sum();
        return new Placer<>(new Room<>(hosts, progress::begin), AheadLimits.of(most, cores), planned, progress);
    }

    /**
     * A lab, which nobody else has. Where its host is lost before it is up, it is placed once more, on another one;
     * where its host has not what it insists on, on the next one that may have.
     *
     * @param mayWait whether it waits where no host has memory for a further lab; who keeps others from ending must not
     * @throws io.github.taplab.internal.config.LabUnavailableException if no host has what it insists on
     */
    public Placed<L> place(LabRequest request, boolean mayWait) {
        Optional<AheadStart<L>> begun = ahead.claim(request);
        try {
            return begun.isPresent() ? ready(request, begun.get()) : started(request, mayWait);
        } catch (UnfitHostException unfit) {
            // Now it is known, and that host is passed over.
            return place(request, mayWait);
        } catch (HostLostException lost) {
            LOG.info("{}; it is placed once more", lost.getMessage());
            try {
                return started(request, mayWait);
            } catch (UnfitHostException unfit) {
                return place(request, mayWait);
            } catch (RuntimeException | Error e) {
                Suppressed.add(e, lost);
                throw e;
            }
        }
    }

    private Placed<L> ready(LabRequest request, AheadStart<L> start) {
        Placed<L> placed = start.await(request, this::close);
        try {
            starts.check(request, start.space());
            return placed;
        } catch (RuntimeException | Error e) {
            try (placed) {
                throw e;
            }
        }
    }

    private Placed<L> started(LabRequest request, boolean mayWait) {
        Undo first = ahead.besideOthers();
        try (first) {
            Berth<L> space = space(request, mayWait);
            try {
                L lab = starts.start(request, space);
                // One whose subnet is declared may be waited for by the next that has the same.
                return new Placed<>(lab, () -> close(lab, space, request.canBeAhead()));
            } catch (RuntimeException | Error e) {
                try (space) {
                    throw e;
                }
            }
        }
    }

    private Berth<L> space(LabRequest request, boolean mayWait) {
        Demand demand = Demand.of(request);
        if (!request.canBeAhead()) {
            // One of those may have the subnet that this one has to have.
            ahead.clear();
        }
        Optional<Berth<L>> now = room.tryTake(demand);
        if (now.isPresent()) {
            return now.get();
        }
        ahead.clear();
        return mayWait ? room.take(demand) : room.takeAnyway(demand);
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
