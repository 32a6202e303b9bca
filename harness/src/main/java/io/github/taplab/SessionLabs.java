package io.github.taplab;

import io.github.taplab.internal.evidence.SeenAtStart;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabMaker;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.internal.session.Session;

/** The labs of one session, on its engine. */
final class SessionLabs implements LabMaker<RunningLab> {

    private final Session session;

    SessionLabs(Session session) {
        this.session = session;
    }

    @Override
    public RunningLab make(LabRequest request) {
        return RunningLab.start(session, request.spec(), request.name(), request.asked(), SeenAtStart::addTo);
    }

    @Override
    public void give(RunningLab lab, LabRequest request) {
        lab.giveTo(request.name());
    }
}
