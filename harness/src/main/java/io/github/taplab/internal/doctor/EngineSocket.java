package io.github.taplab.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The socket of a local engine, and whether this user may connect to it.
 *
 * @param path where it is
 */
record EngineSocket(Path path) {

    private static final String WHAT = "Engine's socket";
    private static final String SCHEME = "unix://";
    private static final Path USUAL = Path.of("/var/run/docker.sock");
    private static final String ROOT = "root";

    /**
     * The socket that is asked for.
     *
     * @param dockerHost as the environment has it; empty: it says nothing
     * @return empty: the engine is elsewhere
     */
    static Optional<EngineSocket> of(String dockerHost) {
        if (dockerHost.isBlank()) {
            return Optional.of(new EngineSocket(USUAL));
        }
        return dockerHost.startsWith(SCHEME)
                ? Optional.of(new EngineSocket(Path.of(dockerHost.substring(SCHEME.length()))))
                : Optional.empty();
    }

    /** Whether there is one, as far as this user may look. */
    boolean isThere() {
        return Files.exists(path);
    }

    /** What this user may do with one that is there. */
    Finding rights(String user) {
        if (Files.isReadable(path) && Files.isWritable(path)) {
            return Finding.ok(WHAT, "%s may use %s".formatted(user, path));
        }
        try {
            PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class);
            String group = file.group().getName();
            return Finding.missing(
                    WHAT,
                    "%s may not use %s, which is of %s and of group %s, %s"
                            .formatted(
                                    user,
                                    path,
                                    file.owner().getName(),
                                    group,
                                    PosixFilePermissions.toString(file.permissions())),
                    remedy(user, group));
        } catch (IOException | UnsupportedOperationException notSaid) {
            return Finding.missing(WHAT, "%s may not use %s".formatted(user, path), remedy(user, "docker"));
        }
    }

    String remedy(String user, String group) {
        String joined = "sudo usermod -aG %s %s, and log in again: whoever may use the socket is as good as root there";
        return group.equals(ROOT)
                ? "sudo chgrp docker %s; ".formatted(path) + joined.formatted("docker", user)
                : joined.formatted(group, user);
    }
}
