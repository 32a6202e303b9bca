package io.github.taplab.internal.placement;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labs that are made before they are asked for, in the order of the plan, while others run. Whoever asks for a lab like
 * one of them gets it: JUnit's threads do not keep to the plan, and most labs of a project are alike. The one for which
 * it was made gets the next.
 *
 * <p>Somebody who waits for a lab of his own goes first: nothing is begun meanwhile.
 */
final class LabsAhead<L extends AutoCloseable> {

    private static final Duration LAST_START = Duration.ofSeconds(22);

    private final LabStarts<L> starts;
    private final AheadLimits limits;
    private final Room<L> room;
    private final Teardowns teardowns;
    private final List<LabRequest> planned;
    private final List<AheadStart<L>> unclaimed = new ArrayList<>();
    private final Set<AheadStart<L>> starting = new LinkedHashSet<>();
    private final Set<LabRequest> over = new HashSet<>();
    private final boolean used;
    private int othersStarting;
    // Nothing is begun before the first lab has been asked for: it may be that none of them runs.
    private boolean wanted;
    private boolean closed;

    LabsAhead(
            LabStarts<L> starts,
            AheadLimits limits,
            Room<L> room,
            Teardowns teardowns,
            Collection<LabRequest> planned) {
        this.starts = starts;
        this.limits = limits;
        this.room = room;
        this.teardowns = teardowns;
        this.planned =
                new ArrayList<>(planned.stream().filter(LabRequest::canBeAhead).toList());
        used = limits.most() > 0 && this.planned.size() > 1;
    }

    /** Whether there was something to be made ahead. */
    boolean isUsed() {
        return used;
    }

    /** Takes what has begun for this request, or for one like it; empty: the lab has to be started now. */
    synchronized Optional<AheadStart<L>> claim(LabRequest request) {
        wanted = true;
        planned.remove(request);
        Optional<AheadStart<L>> claimed = best(request);
        claimed.ifPresent(start -> {
            unclaimed.remove(start);
            if (!over.remove(start.madeFor()) && !start.madeFor().equals(request)) {
                planned.add(0, start.madeFor());
            }
            beginNext();
        });
        return claimed;
    }

    /** Its own; of others one that is ready rather than one that still starts, and none that has failed. */
    private Optional<AheadStart<L>> best(LabRequest request) {
        return Stream.<Predicate<AheadStart<L>>>of(
                        start -> start.madeFor().equals(request),
                        start -> start.isReady() && start.madeFor().isLike(request),
                        start -> !start.hasFailed() && start.madeFor().isLike(request))
                .flatMap(kind -> unclaimed.stream().filter(kind))
                .findFirst();
    }

    /** Begins nothing for as long as a lab starts that somebody waits for. */
    synchronized Undo besideOthers() {
        othersStarting++;
        return this::otherStarted;
    }

    private synchronized void otherStarted() {
        othersStarting--;
        beginNext();
    }

    /** Begins what there is room for. */
    synchronized void beginNext() {
        while (used && wanted && !closed && othersStarting == 0 && !planned.isEmpty() && isBelowLimits()) {
            LabRequest next = planned.get(0);
            try {
                Optional<Berth<L>> space = room.tryTake(Demand.of(next));
                if (space.isEmpty()) {
                    return;
                }
                planned.remove(0);
                begin(next, space.get());
            } catch (LabUnavailableException nowhere) {
                // Its class is told when it asks.
                planned.remove(0);
            }
        }
    }

    private boolean isBelowLimits() {
        long ahead = unclaimed.stream().filter(start -> !start.hasFailed()).count();
        return starting.size() < limits.atATime() && ahead + teardowns.count() < limits.most();
    }

    private void begin(LabRequest request, Berth<L> space) {
        List<AheadStart<L>> self = new ArrayList<>();
        AheadStart<L> start = new AheadStart<>(starts, request, space, () -> ended(self.get(0)));
        self.add(start);
        unclaimed.add(start);
        starting.add(start);
        start.begin();
    }

    private synchronized void ended(AheadStart<L> start) {
        starting.remove(start);
        beginNext();
    }

    /** Forgets a class that has ended or does not run; what it did not ask for is kept if another one may want it. */
    synchronized void over(String testClass) {
        planned.removeIf(request -> request.isOf(testClass));
        Map<Boolean, List<AheadStart<L>>> left = unclaimed.stream()
                .filter(start -> start.madeFor().isOf(testClass))
                .collect(Collectors.partitioningBy(this::isOfUse));
        left.getOrDefault(true, List.of()).forEach(start -> over.add(start.madeFor()));
        giveUp(left.getOrDefault(false, List.of()));
        beginNext();
    }

    private boolean isOfUse(AheadStart<L> start) {
        return !start.hasFailed() && planned.stream().anyMatch(start.madeFor()::isLike);
    }

    private void giveUp(List<AheadStart<L>> given) {
        unclaimed.removeAll(given);
        given.forEach(start -> start.giveUp(this::closeBeside));
    }

    /** Closes a lab beside those that come. */
    void closeBeside(L lab, Undo space) {
        teardowns.begin(lab, space, this::beginNext);
    }

    /** Gives up all that nobody has asked for, to be made again later, and waits until it is gone. */
    void clear() {
        List<AheadStart<L>> given;
        synchronized (this) {
            given = List.copyOf(unclaimed);
            planned.addAll(
                    0,
                    given.stream()
                            .map(AheadStart::madeFor)
                            .filter(request -> !over.remove(request))
                            .toList());
            giveUp(given);
        }
        awaitEnd(given);
    }

    /** Ends all starts, closes what nobody has asked for, and waits until that is done. */
    void close() {
        List<AheadStart<L>> ending;
        synchronized (this) {
            closed = true;
            giveUp(List.copyOf(unclaimed));
            ending = List.copyOf(starting);
            ending.forEach(start -> start.giveUp(this::closeBeside));
        }
        awaitEnd(ending);
    }

    private void awaitEnd(List<AheadStart<L>> given) {
        Waiting.joined(
                "the starts of labs that nobody has asked for have ended",
                LAST_START,
                CompletableFuture.allOf(given.stream().map(AheadStart::ended).toArray(CompletableFuture<?>[]::new)));
        teardowns.await();
    }
}
