package io.github.taplab;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.config.Settings.Hold;
import io.github.taplab.internal.hold.Holds;
import io.github.taplab.internal.junit.ClassPlan;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.placement.LabHost;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.internal.placement.Placer;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.session.SessionEngine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The session of the run with its labs, or why there is none; found out once. */
final class SessionStart implements AutoCloseable {

    private final Settings settings;
    private final Optional<Session> session;
    private final Optional<Placer<RunningLab>> placer;
    private final Optional<Holds> holds;
    private final Optional<LabUnavailableException> unavailable;

    private SessionStart(Settings settings, Session session, Holds holds, Placer<RunningLab> placer) {
        this.settings = settings;
        this.session = Optional.of(session);
        this.placer = Optional.of(placer);
        this.holds = Optional.of(holds);
        unavailable = Optional.empty();
    }

    private SessionStart(Settings settings, LabUnavailableException unavailable) {
        this.settings = settings;
        session = Optional.empty();
        placer = Optional.empty();
        holds = Optional.empty();
        this.unavailable = Optional.of(unavailable);
    }

    /** That of a run, which begins when the first class asks. */
    static SessionStart of(ExtensionContext context) {
        return context.getRoot()
                .getStore(LabLifecycle.NAMESPACE)
                .getOrComputeIfAbsent(
                        SessionStart.class,
                        unused -> with(SettingSource.of(context::getConfigurationParameter), ClassPlan.of(context)),
                        SessionStart.class);
    }

    private static SessionStart with(SettingSource source, Optional<ClassPlan> plan) {
        Settings settings = Settings.read(source);
        List<LabRequest> planned =
                plan.map(known -> PlannedLabs.of(known, settings.attachments())).orElse(List.of());
        Session session;
        try {
            session = Session.start(settings);
        } catch (LabUnavailableException e) {
            return new SessionStart(settings, e);
        }
        Holds holds = new Holds(session.progress(), settings.holdDeadline());
        boolean mayHold = settings.hold() != Hold.NEVER;
        List<LabHost<RunningLab>> hosts = session.engines().stream()
                .map(engine -> host(engine, new SessionLabs(session, engine, holds, mayHold)))
                .toList();
        Placer<RunningLab> placer = Placer.of(
                hosts,
                // One that is made ahead fails when nobody is there to look at it.
                mayHold ? Optional.of(0) : settings.ahead(),
                planned,
                session.progress());
        // Where the JVM is told to end, what is under way ends too.
        session.register(placer);
        plan.ifPresent(known -> known.whenOver(placer::over));
        SessionStart start = new SessionStart(settings, session, holds, placer);
        session.register(holds);
        return start;
    }

    private static LabHost<RunningLab> host(SessionEngine engine, SessionLabs labs) {
        // Others run there too: the engine, the tests, and what else the host is for.
        long mib = engine.size().mib() / 4 * 3;
        return new LabHost<>(engine.docker().name(), labs, engine.size().cores(), mib);
    }

    Settings settings() {
        return settings;
    }

    Optional<LabUnavailableException> unavailable() {
        return unavailable;
    }

    /** Keeps labs up for people; empty: there are none. */
    Optional<Holds> holds() {
        return holds;
    }

    Progress progressOrThrow() {
        return session.orElseThrow(unavailable::orElseThrow).progress();
    }

    Placer<RunningLab> placerOrThrow() {
        return placer.orElseThrow(unavailable::orElseThrow);
    }

    @Override
    public void close() {
        // With all that is registered.
        session.ifPresent(Session::close);
    }
}
