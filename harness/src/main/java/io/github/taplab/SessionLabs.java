package io.github.taplab;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.evidence.SeenAtStart;
import io.github.taplab.internal.hold.Holds;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabHost;
import io.github.taplab.internal.placement.LabMaker;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.spec.GuestSpec;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The labs of one session, on one of its engines. */
final class SessionLabs implements LabMaker<RunningLab> {

    private final Session session;
    private final SessionEngine engine;
    private final Set<GuestSpec> guests = ConcurrentHashMap.newKeySet();
    private final Holds holds;
    private final boolean holdsFailed;

    /**
     * The labs of a session on an engine.
     *
     * @param holds keep labs up for people
     * @param holdsFailed whether they keep up those that do not start
     */
    SessionLabs(Session session, SessionEngine engine, Holds holds, boolean holdsFailed) {
        this.session = session;
        this.engine = engine;
        this.holds = holds;
        this.holdsFailed = holdsFailed;
    }

    @Override
    public RunningLab make(LabRequest request) {
        RunningLab started = RunningLab.start(
                session,
                engine,
                request.spec(),
                request.name(),
                request.asked(),
                (failure, lab) -> notStarted(request, failure, lab),
                (name, running) -> HeldLab.inTheMiddle(holds, name, running));
        guests.addAll(request.spec().guests());
        return started;
    }

    @Override
    public void breakIn(RunningLab lab) {
        lab.breakIn();
    }

    @Override
    public int prepared(LabRequest request) {
        if (!engine.hasImage()) {
            return LabHost.NOT_PREPARED;
        }
        return guests.containsAll(request.spec().guests()) || RunningLab.isPrepared(session, engine, request.spec())
                ? LabHost.ALL_PREPARED
                : LabHost.IMAGE_PREPARED;
    }

    @Override
    public Optional<String> unfit(LabRequest request) {
        return engine.known().flatMap(host -> host.facts().missing(request.spec()));
    }

    @Override
    public Optional<String> lost() {
        return engine.lost();
    }

    private void notStarted(LabRequest request, Throwable failure, RunningLab lab) {
        SeenAtStart.addTo(failure, lab);
        if (holdsFailed && !(failure instanceof InterruptedWaitException)) {
            HeldLab.atStart(holds, request, lab, failure);
        }
    }

    @Override
    public void give(RunningLab lab, LabRequest request) {
        lab.giveTo(request.name());
    }
}
