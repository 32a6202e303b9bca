package io.github.taplab.internal.placement;

import org.jspecify.annotations.Nullable;

/** A lab could not start, since its engine is lost for all labs. */
final class HostLostException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * What has happened.
     *
     * @param host name of the engine
     * @param lab name of the lab
     * @param why it is lost
     */
    HostLostException(String host, String lab, String why, @Nullable Throwable cause) {
        super("%s was lost before the lab of %s was up: %s".formatted(host, lab, why), cause);
    }
}
