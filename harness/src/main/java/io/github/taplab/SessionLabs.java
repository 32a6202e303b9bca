package io.github.taplab;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.evidence.SeenAtStart;
import io.github.taplab.internal.hold.Holds;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabMaker;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.internal.session.Session;
import java.util.Optional;

/** The labs of one session, on its engine. */
final class SessionLabs implements LabMaker<RunningLab> {

    private final Session session;
    private final Optional<Holds> holds;

    /**
     * The labs of a session.
     *
     * @param holds keep up those that do not start; empty: nobody is to look at them
     */
    SessionLabs(Session session, Optional<Holds> holds) {
        this.session = session;
        this.holds = holds;
    }

    @Override
    public RunningLab make(LabRequest request) {
        return RunningLab.start(
                session,
                request.spec(),
                request.name(),
                request.asked(),
                (failure, lab) -> notStarted(request, failure, lab));
    }

    private void notStarted(LabRequest request, Throwable failure, RunningLab lab) {
        SeenAtStart.addTo(failure, lab);
        if (!(failure instanceof InterruptedWaitException)) {
            holds.ifPresent(holding -> HeldLab.atStart(holding, request, lab, failure));
        }
    }

    @Override
    public void give(RunningLab lab, LabRequest request) {
        lab.giveTo(request.name());
    }
}
