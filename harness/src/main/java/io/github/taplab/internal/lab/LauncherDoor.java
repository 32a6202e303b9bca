package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.node.LauncherHandle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A Unix socket of a launcher with this JVM behind it, for one connection. */
final class LauncherDoor {

    private static final Duration LISTENS = Duration.ofSeconds(20);

    private LauncherDoor() {}

    /**
     * Opens one.
     *
     * @param guest that migrates through it, for the message
     * @return what passes on what is said there, and tells how the other way is taken
     * @throws IllegalStateException if it can't listen
     */
    static ByteStream open(String guest, LauncherHandle launcher, String socket) {
        ByteStream door = launcher.container().open(List.of("perl", "-e", script(), "--", socket));
        try {
            if (!door.awaitStderr("listening", LISTENS)) {
                throw new IllegalStateException("Nobody listens for the migration of %s: %s"
                        .formatted(guest, door.stderr().strip()));
            }
            return door;
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    private static String script() {
        try (InputStream script = LauncherDoor.class.getResourceAsStream("migration.pl")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("migration.pl can't be read", e);
        }
    }
}
