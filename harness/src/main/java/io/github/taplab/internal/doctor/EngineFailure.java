package io.github.taplab.internal.doctor;

import io.github.taplab.internal.config.LabUnavailableException;

/** Why there is no engine that labs can run on, as the search for it says it. */
final class EngineFailure {

    private static final String START = ", start one or ";
    private static final String ANOTHER =
            "let DOCKER_HOST or taplab.engines name another engine, or see what its log says";

    private EngineFailure() {}

    /**
     * The finding; what the search knows to do is its remedy.
     *
     * @param failure with a cause where nobody answered; without one an engine has, and labs can't run on it
     * @param denied whether the socket of one is there, and this user may not use it
     */
    static Finding of(LabUnavailableException failure, boolean denied) {
        String message = String.valueOf(failure.getMessage());
        int start = message.indexOf(START);
        if (denied) {
            return Finding.missing(
                    "Docker engine",
                    start < 0 ? message : message.substring(0, start),
                    "let this user use the socket that is there: see the next line");
        }
        if (start >= 0) {
            return Finding.missing(
                    "Docker engine",
                    message.substring(0, start),
                    "install and start one (Debian and Ubuntu: apt-get install docker.io), or "
                            + message.substring(start + START.length()));
        }
        if (message.contains("DOCKER_HOST=")) {
            return Finding.missing(
                    "Docker engine", message, "start that engine, or let DOCKER_HOST name one that runs");
        }
        return failure.getCause() == null
                ? Finding.missing("Docker engine", message, ": ", ANOTHER)
                : Finding.missing("Docker engine", message, ANOTHER);
    }
}
