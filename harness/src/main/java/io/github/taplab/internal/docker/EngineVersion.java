package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Version;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an engine says of itself.
 *
 * @param name Docker or Podman
 * @param version its own
 * @param api version of the Docker API that it speaks
 * @param system such as {@code linux}
 * @param architecture of its host, as Docker calls it: such as {@code amd64}
 */
record EngineVersion(String name, String version, String api, String system, String architecture) {

    private static final String DOCKER = "Docker";
    private static final String PODMAN = "Podman";
    private static final String SYSTEM = "linux";
    // Those that QEMU, the guests' kernel and the images are there for.
    private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");
    private static final int MAJOR = 1;
    // Docker 20.10, the oldest that labs have been seen to run on.
    private static final int MINOR = 41;

    // The first that lets Docker's API set device rules.
    private static final int PODMAN_MAJOR = 4;
    private static final int PODMAN_MINOR = 4;
    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");

    static EngineVersion of(Version answer) {
        boolean podman = answer.getComponents() != null
                && answer.getComponents().stream()
                        .anyMatch(part -> String.valueOf(part.getName()).startsWith(PODMAN));
        return new EngineVersion(
                podman ? PODMAN : DOCKER,
                said(answer.getVersion()),
                said(answer.getApiVersion()),
                said(answer.getOperatingSystem()),
                said(answer.getArch()));
    }

    private static String said(String value) {
        return Objects.requireNonNullElse(value, "unknown");
    }

    boolean isPodman() {
        return name.equals(PODMAN);
    }

    /** What it is called in messages: one that is not Docker may be the reason. */
    String nameAt(String place) {
        return name.equals(DOCKER) ? "the engine at " + place : "%s %s at %s".formatted(name, version, place);
    }

    /** What was found there, as the beginning of a sentence. */
    String foundAt(String place) {
        return "the engine at %s is %s %s for %s/%s".formatted(place, name, version, system, architecture);
    }

    /** Why no lab can run there; empty: nothing is known against it. */
    Optional<String> problem(String place) {
        String found = foundAt(place);
        if (!system.equals(SYSTEM) || !ARCHITECTURES.contains(architecture)) {
            return Optional.of(
                    "%s, and labs need one for %s: there is no QEMU and no guest for others; let DOCKER_HOST or taplab.engines name such an engine"
                            .formatted(
                                    found,
                                    ARCHITECTURES.stream()
                                            .map(known -> SYSTEM + "/" + known)
                                            .collect(Collectors.joining(" or "))));
        }
        if (!isRecent()) {
            return Optional.of(
                    "%s, which speaks Docker API %s, and labs need %d.%d or later: update it to Docker 20.10 or later, or let DOCKER_HOST or taplab.engines name another engine"
                            .formatted(found, api, MAJOR, MINOR));
        }
        if (isPodman() && !isFrom(version, PODMAN_MAJOR, PODMAN_MINOR)) {
            return Optional.of(
                    "%s, and labs need Podman %d.%d or later: an older one ignores the device rules that Docker's API brings, and no launcher may open its macvtap; update it, or let DOCKER_HOST or taplab.engines name another engine"
                            .formatted(found, PODMAN_MAJOR, PODMAN_MINOR));
        }
        return Optional.empty();
    }

    private boolean isRecent() {
        return api.matches("\\d+\\.\\d+") && isFrom(api, MAJOR, MINOR);
    }

    private static boolean isFrom(String version, int major, int minor) {
        Matcher parts = MAJOR_AND_MINOR.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int found = Integer.parseInt(parts.group(1));
        return found > major || (found == major && Integer.parseInt(parts.group(2)) >= minor);
    }
}
