package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Version;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an engine says of itself.
 *
 * @param name Docker or Podman
 * @param version its own
 * @param api version of the Docker API that it speaks
 * @param system such as {@code linux/amd64}
 */
record EngineVersion(String name, String version, String api, String system) {

    private static final String DOCKER = "Docker";
    private static final String PODMAN = "Podman";
    private static final String SYSTEM = "linux/amd64";
    private static final int MAJOR = 1;
    // Docker 20.10, the oldest that labs have been seen to run on.
    private static final int MINOR = 41;

    static EngineVersion of(Version answer) {
        boolean podman = answer.getComponents() != null
                && answer.getComponents().stream()
                        .anyMatch(part -> String.valueOf(part.getName()).startsWith(PODMAN));
        return new EngineVersion(
                podman ? PODMAN : DOCKER,
                said(answer.getVersion()),
                said(answer.getApiVersion()),
                said(answer.getOperatingSystem()) + "/" + said(answer.getArch()));
    }

    private static String said(String value) {
        return Objects.requireNonNullElse(value, "unknown");
    }

    /** What it is called in messages: one that is not Docker may be the reason. */
    String nameAt(String place) {
        return name.equals(DOCKER) ? "the engine at " + place : "%s %s at %s".formatted(name, version, place);
    }

    /** Why no lab can run there; empty: nothing is known against it. */
    Optional<String> problem(String place) {
        String found = "the engine at %s is %s %s for %s".formatted(place, name, version, system);
        if (!system.equals(SYSTEM)) {
            return Optional.of(
                    "%s, and labs need %s: QEMU and the guests' kernel are x86-64; point DOCKER_HOST at such an engine"
                            .formatted(found, SYSTEM));
        }
        if (!isRecent()) {
            return Optional.of(
                    "%s, which speaks Docker API %s, and labs need %d.%d or later: update it to Docker 20.10 or later, or point DOCKER_HOST at another engine"
                            .formatted(found, api, MAJOR, MINOR));
        }
        return Optional.empty();
    }

    private boolean isRecent() {
        List<String> parts = List.of(api.split("\\.", -1));
        if (parts.size() != 2 || !parts.stream().allMatch(part -> part.matches("[0-9]{1,4}"))) {
            return false;
        }
        int major = Integer.parseInt(parts.get(0));
        return major > MAJOR || (major == MAJOR && Integer.parseInt(parts.get(1)) >= MINOR);
    }
}
