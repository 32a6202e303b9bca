package io.github.taplab;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.evidence.SeenAtStart;
import io.github.taplab.internal.hold.Holds;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabMaker;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.internal.session.Session;

/** The labs of one session, on its engine. */
final class SessionLabs implements LabMaker<RunningLab> {

    private final Session session;
    private final Holds holds;
    private final boolean holdsFailed;

    /**
     * The labs of a session.
     *
     * @param holds keep labs up for people
     * @param holdsFailed whether they keep up those that do not start
     */
    SessionLabs(Session session, Holds holds, boolean holdsFailed) {
        this.session = session;
        this.holds = holds;
        this.holdsFailed = holdsFailed;
    }

    @Override
    public RunningLab make(LabRequest request) {
        return RunningLab.start(
                session,
                session.engine(),
                request.spec(),
                request.name(),
                request.asked(),
                (failure, lab) -> notStarted(request, failure, lab),
                (name, running) -> HeldLab.inTheMiddle(holds, name, running));
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
