package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Info;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an engine says of its host, and of what it may do there.
 *
 * @param rootless whether it runs without the rights of root, in a user namespace
 */
record EngineHost(EngineSize size, boolean rootless) {

    // Podman says it in Docker's words.
    private static final String ROOTLESS = "name=rootless";

    static EngineHost of(Info answer) {
        return new EngineHost(
                EngineSize.of(answer),
                Objects.requireNonNullElse(answer.getSecurityOptions(), List.<String>of())
                        .contains(ROOTLESS));
    }

    /**
     * Why no lab can run there; empty: nothing is known against it.
     *
     * @param found what it is and where, as the beginning of a sentence
     */
    Optional<String> problem(String found) {
        return rootless
                ? Optional.of(
                        "%s, rootless, and labs need one that runs as root: only that can make a macvtap's device node; start one as root, or let DOCKER_HOST or taplab.engines name one"
                                .formatted(found))
                : Optional.empty();
    }
}
