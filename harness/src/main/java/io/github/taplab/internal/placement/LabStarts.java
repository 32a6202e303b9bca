package io.github.taplab.internal.placement;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.LabUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Starts labs where they have room, and knows a host that is lost from a lab that has failed. */
final class LabStarts<L extends AutoCloseable> {

    private final Room<L> room;
    private final Consumer<String> told;
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    /**
     * On the hosts of a room.
     *
     * @param told that a host is lost, once each
     */
    LabStarts(Room<L> room, Consumer<String> told) {
        this.room = room;
        this.told = told;
    }

    /**
     * Starts a lab.
     *
     * @throws HostLostException if that has failed since its host is lost, and there is another one
     * @throws UnfitHostException if its host has not what it insists on, and there is another one
     */
    L start(LabRequest request, Berth<L> berth) {
        try {
            return berth.host().maker().make(request);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (LabUnavailableException e) {
            Optional<String> unfit = berth.host().maker().unfit(request);
            if (unfit.isPresent() && room.hasOther(berth.host())) {
                throw new UnfitHostException(berth.host().name(), unfit.get(), e);
            }
            throw lostOr(request, berth, e);
        } catch (RuntimeException e) {
            throw lostOr(request, berth, e);
        }
    }

    private RuntimeException lostOr(LabRequest request, Berth<L> berth, RuntimeException e) {
        return lossOf(berth.host())
                .<RuntimeException>map(why -> new HostLostException(berth.host().name(), request.shortName(), why, e))
                .orElse(e);
    }

    /**
     * Looks whether a lab that was made ahead can still be used.
     *
     * @throws HostLostException if its host is lost, and there is another one
     */
    void check(LabRequest request, Berth<L> berth) {
        lossOf(berth.host()).ifPresent(why -> {
            throw new HostLostException(berth.host().name(), request.shortName(), why, null);
        });
    }

    /** Why a host is lost, which has no further lab then; empty also where there is no other one. */
    private Optional<String> lossOf(LabHost<L> host) {
        if (!room.hasOther(host)) {
            return Optional.empty();
        }
        Optional<String> why = host.maker().lost();
        return why.filter(unused -> room.lose(host)).map(reason -> {
            if (lost.add(host.name())) {
                told.accept("no further lab is placed on %s: %s".formatted(host.name(), reason));
            }
            return reason;
        });
    }
}
