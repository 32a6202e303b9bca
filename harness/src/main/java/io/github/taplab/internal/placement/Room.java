package io.github.taplab.internal.placement;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What labs may take of all hosts together. A lab that finds too little memory on each waits for others to go, and one
 * that would never find enough has the largest host when no other lab is there: it may be able to do more than it was
 * counted. Cores are no reason to wait, since JUnit says how many classes run at a time.
 */
final class Room<L extends AutoCloseable> {

    // The tests of the labs before it decide how long a lab waits.
    private static final Duration LONGEST = Duration.ofDays(1);

    private final List<HostRoom<L>> hosts;
    private final Function<Supplier<String>, Progress.Step> progress;
    private final Queue<Waiter<L>> waiting = new ArrayDeque<>();

    private static final class Waiter<L extends AutoCloseable> {

        private final Demand demand;
        private final CompletableFuture<Berth<L>> berth = new CompletableFuture<>();

        Waiter(Demand demand) {
            this.demand = demand;
        }
    }

    private static final class HostRoom<L extends AutoCloseable> {

        private final LabHost<L> host;
        private long mib;
        private int cores;
        private boolean lost;

        HostRoom(LabHost<L> host) {
            this.host = host;
        }

        Offer<HostRoom<L>> offer(LabRequest request) {
            return new Offer<>(
                    this, host.mib(), host.cores(), mib, cores, host.maker().prepared(request));
        }
    }

    /**
     * Room that nobody has taken.
     *
     * @param progress told of each lab that waits, for as long as it does
     */
    Room(List<LabHost<L>> hosts, Function<Supplier<String>, Progress.Step> progress) {
        this.hosts = hosts.stream().map(HostRoom::new).toList();
        this.progress = progress;
    }

    /**
     * Takes some if there is enough now, and nobody waits for it.
     *
     * @throws LabUnavailableException if no host has what the lab insists on
     */
    synchronized Optional<Berth<L>> tryTake(Demand demand) {
        return waiting.isEmpty() ? free(demand) : Optional.empty();
    }

    /** Takes some, whether there is enough or not. */
    synchronized Berth<L> takeAnyway(Demand demand) {
        return taken(Offer.atOnce(offers(demand), demand.size()).orElseThrow().host(), demand.size());
    }

    /** Waits until there is enough, and takes it. */
    Berth<L> take(Demand demand) {
        Waiter<L> waiter = new Waiter<>(demand);
        synchronized (this) {
            Optional<Berth<L>> now = tryTake(demand);
            if (now.isPresent()) {
                return now.get();
            }
            waiting.add(waiter);
        }
        Progress.Step step = progress.apply(() -> why(demand));
        try (step) {
            return Waiting.joined(
                    "other labs leave room for that of %s, %d MiB"
                            .formatted(
                                    demand.request().shortName(), demand.size().mib()),
                    LONGEST,
                    waiter.berth);
        } catch (RuntimeException | Error e) {
            giveUp(waiter);
            throw e;
        }
    }

    /**
     * Has no further lab on a host.
     *
     * @return false if there is no other one: whoever comes is told by it what is wrong
     */
    synchronized boolean lose(LabHost<L> host) {
        if (!hasOther(host)) {
            return false;
        }
        hosts.stream().filter(each -> each.host == host).forEach(each -> each.lost = true);
        letIn();
        return true;
    }

    /** Whether there is another host that is not lost. */
    synchronized boolean hasOther(LabHost<L> host) {
        return hosts.stream().anyMatch(each -> each.host != host && !each.lost);
    }

    private Optional<Berth<L>> free(Demand demand) {
        return Offer.best(offers(demand), demand.size()).map(offer -> taken(offer.host(), demand.size()));
    }

    private List<Offer<HostRoom<L>>> offers(Demand demand) {
        return fit(demand.request()).stream()
                .map(host -> host.offer(demand.request()))
                .toList();
    }

    /** Those that have what a lab insists on, as far as is known. One alone says itself what it has not. */
    private List<HostRoom<L>> fit(LabRequest request) {
        if (hosts.size() == 1) {
            return living();
        }
        List<HostRoom<L>> fit = living().stream()
                .filter(host -> host.host.maker().unfit(request).isEmpty())
                .toList();
        if (fit.isEmpty()) {
            throw new LabUnavailableException(living().stream()
                    .map(host -> "%s: %s"
                            .formatted(
                                    host.host.name(),
                                    host.host.maker().unfit(request).orElse("")))
                    .collect(Collectors.joining("; ", "no engine has what it insists on: ", "")));
        }
        return fit;
    }

    private List<HostRoom<L>> living() {
        return hosts.stream().filter(host -> !host.lost).toList();
    }

    private Berth<L> taken(HostRoom<L> on, LabSize size) {
        on.mib += size.mib();
        on.cores += size.cores();
        return new Berth<>(on.host, () -> giveBack(on, size));
    }

    private synchronized void giveBack(HostRoom<L> on, LabSize size) {
        on.mib -= size.mib();
        on.cores -= size.cores();
        letIn();
    }

    private synchronized String why(Demand demand) {
        String lab = "the lab of %s waits for others to go: it takes %d MiB"
                .formatted(demand.request().shortName(), demand.size().mib());
        if (hosts.size() == 1) {
            HostRoom<L> only = hosts.get(0);
            return "%s, and of the %d MiB that the Docker host has for labs %d are taken"
                    .formatted(lab, only.host.mib(), only.mib);
        }
        return living().stream()
                .map(host -> "%d of %d MiB on %s".formatted(host.mib, host.host.mib(), host.host.name()))
                .collect(Collectors.joining(", ", lab + ", and labs have ", ""));
    }

    // In their order: a large lab would never find room if small ones went past it.
    private void letIn() {
        while (!waiting.isEmpty()) {
            Waiter<L> next = waiting.element();
            try {
                Optional<Berth<L>> berth = free(next.demand);
                if (berth.isEmpty()) {
                    return;
                }
                waiting.remove();
                next.berth.complete(berth.get());
            } catch (LabUnavailableException nowhere) {
                waiting.remove();
                next.berth.completeExceptionally(nowhere);
            }
        }
    }

    private synchronized void giveUp(Waiter<L> waiter) {
        if (waiting.remove(waiter)) {
            letIn();
        } else {
            // It has come in this moment.
            var unused = waiter.berth.thenAccept(Berth::close);
        }
    }
}
