package io.github.taplab.internal.doctor;

/** Why there is no engine that labs can run on, as the search for it says it. */
final class EngineFailure {

    private static final String START = ", start one or ";

    private EngineFailure() {}

    /**
     * The finding; what the search knows to do is its remedy.
     *
     * @param denied whether the socket of one is there, and this user may not use it
     */
    static Finding of(String message, boolean denied) {
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
        return message.contains("DOCKER_HOST=")
                ? Finding.missing("Docker engine", message, "start that engine, or let DOCKER_HOST name one that runs")
                : Finding.missing(
                        "Docker engine",
                        message,
                        ": ",
                        "point DOCKER_HOST at another engine, or see what its log says");
    }
}
