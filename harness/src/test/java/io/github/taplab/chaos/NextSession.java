package io.github.taplab.chaos;

import io.github.taplab.GivenSettings;
import io.github.taplab.internal.session.Session;

/** The main class of the next run after a killed one: starts a session, which sweeps, and closes it. */
final class NextSession {

    private NextSession() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        Session.start(GivenSettings.read()).close();
        System.out.println(ExperimentJvm.OVER);
    }
}
