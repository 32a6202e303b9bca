package io.github.taplab;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.session.Session;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The session of the run, or why there is none; found out once. */
final class SessionStart implements AutoCloseable {

    private final Settings settings;
    private final Optional<Session> session;
    private final Optional<LabUnavailableException> unavailable;

    SessionStart(Settings settings, Optional<Session> session, Optional<LabUnavailableException> unavailable) {
        this.settings = settings;
        this.session = session;
        this.unavailable = unavailable;
    }

    /** That of a run, which begins when the first class asks. */
    static SessionStart of(ExtensionContext context) {
        return context.getRoot()
                .getStore(LabLifecycle.NAMESPACE)
                .getOrComputeIfAbsent(
                        SessionStart.class,
                        unused -> with(SettingSource.of(context::getConfigurationParameter)),
                        SessionStart.class);
    }

    private static SessionStart with(SettingSource source) {
        Settings settings = Settings.read(source);
        try {
            return new SessionStart(settings, Optional.of(Session.start(settings)), Optional.empty());
        } catch (LabUnavailableException e) {
            return new SessionStart(settings, Optional.empty(), Optional.of(e));
        }
    }

    Settings settings() {
        return settings;
    }

    Optional<LabUnavailableException> unavailable() {
        return unavailable;
    }

    Session orThrow() {
        return session.orElseThrow(unavailable::orElseThrow);
    }

    @Override
    public void close() {
        session.ifPresent(Session::close);
    }
}
